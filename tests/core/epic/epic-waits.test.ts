/** Why an epic does not go on, told of the epic itself. */
import { expect, it } from 'vitest';
import { epicWaits } from '../../../src/core/epic/epic-waits.ts';
import { company, oneGate } from '../companies.ts';
import type { World } from '../kit.ts';

const because = (world: World) => epicWaits(world.state, world.epic(), world.now);

function routed(): World {
  const gate = { name: 'review', position: 'after', requires: { pm: 1 } } as const;
  const { steps } = oneGate(gate);
  const second = { id: 'next', title: 'Next', role: 'engineer', depends_on: ['work'] };
  const world = company({
    workflows: [{ name: 'two', steps: [...steps, second] }],
    policy: { max_attempts: 1, call_wait: '0s' },
  });
  world.route('two');
  return world;
}

it('names the task whose turn it is, not those that come later', () => {
  expect(because(routed())).toBe('"Work" no engineer is online');
});

it('is nothing while somebody works on it', () => {
  const world = routed();
  world.claim('ann', 'Work');
  expect(because(world)).toBeNull();
});

it('names the gate that it waits at', () => {
  const world = routed();
  world.finish('ann', 'Work');
  expect(because(world)).toBe('"Work" waits at gate review for pm');
});

it('is the reason of an epic that is blocked, and nothing once it is over', () => {
  const world = routed();
  const task = world.claim('ann', 'Work');
  const token = task?.lease?.token ?? 0;
  world.do('ann', { type: 'task.fail', taskId: task?.id ?? '', token, reason: 'it broke' });
  expect(because(world)).toBe(world.epic().reason);
  world.do('owner', { type: 'epic.cancel', epicId: world.epic().id, reason: 'enough' });
  expect(because(world)).toBeNull();
});
