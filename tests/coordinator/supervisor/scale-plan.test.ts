/** The plan of workers under rules that say how many there are. */
import { expect, it } from 'vitest';
import { scalePlan, scalingDue } from '../../../src/coordinator/supervisor/scale-plan.ts';
import { planWorkers } from '../../../src/coordinator/supervisor/worker-plan.ts';
import type { MemberId, WorkerId } from '../../../src/core/ids.ts';
import { company } from '../../core/companies.ts';
import type { World } from '../../core/kit.ts';
import { host } from '../../core/kit.ts';

const staff = {
  product: [{ name: 'pablo', role: 'pm' }],
  engineering: [
    { name: 'ann', role: 'engineer', max_concurrent: 3 },
    { name: 'bob', role: 'engineer' },
  ],
};

function withRule(rule: { min?: number; max: number; tasks_per_worker?: number }, tasks: number): World {
  const world = company({ staff });
  world.do('owner', { type: 'scaling.set', rule: { name: 'builders', role: 'engineer' as never, ...rule } });
  for (let n = 0; n < tasks; n += 1) {
    world.do('owner', { type: 'task.create', title: `Task ${n}`, roleId: 'engineer' as never });
  }
  world.do(host, { type: 'scaling.apply' });
  return world;
}

function plan(world: World, askedFor: readonly WorkerId[] = [], held: readonly string[] = []) {
  const name = (id: MemberId) => world.state.members.get(id)?.name ?? id;
  const mayStart = (id: MemberId) => !held.includes(name(id));
  const scaled = scalePlan(world.state, planWorkers(world.state, world.now, mayStart), {
    mayStart,
    isAskedFor: (id) => askedFor.includes(id),
  });
  const ofWorkers = (ids: Iterable<WorkerId>) =>
    [...ids].flatMap((id) => world.state.workers.get(id)?.memberId ?? []).map(name);
  return { start: scaled.start.map(name), excess: ofWorkers(scaled.excess), kept: ofWorkers(scaled.kept) };
}

it('starts further workers for an agent that may do several tasks at once', () => {
  const world = withRule({ max: 4 }, 9);
  expect(plan(world).start).toEqual(['ann', 'bob', 'ann', 'ann']);
});

it('starts no more than the rule asks for, though more agents have work', () => {
  expect(plan(withRule({ max: 1 }, 9)).start).toEqual(['ann']);
});

it('keeps the least number, with work or without', () => {
  const world = withRule({ min: 2, max: 4 }, 0);
  expect(plan(world).start).toEqual(['ann', 'bob']);
  world.online('ann');
  world.online('bob');
  expect(plan(world)).toEqual({ start: [], excess: [], kept: ['ann', 'bob'] });
});

it('lets idle ones go when there are too many, but not one that somebody asked for', () => {
  const world = withRule({ max: 4 }, 0);
  const ann = world.online('ann');
  const bob = world.online('bob');
  expect(plan(world).excess).toEqual(['ann', 'bob']);
  expect(plan(world, [ann, bob])).toEqual({ start: [], excess: [], kept: [] });
});

it('lets go of one with nothing to do for one with work', () => {
  const world = withRule({ max: 1 }, 0);
  world.online('bob');
  world.do('owner', {
    type: 'task.create',
    title: 'For ann',
    roleId: 'engineer' as never,
    assigneeId: world.member('ann').id,
  });
  world.do(host, { type: 'scaling.apply' });
  expect(plan(world)).toMatchObject({ start: [], excess: ['bob'] });
});

it('leaves the agents of no rule as they are, and starts nobody who has just crashed', () => {
  const world = withRule({ min: 2, max: 4 }, 0);
  world.do('owner', { type: 'task.create', title: 'Plan', roleId: 'pm' as never });
  expect(plan(world, [], ['ann']).start).toEqual(['bob', 'pablo']);
});

it('is due at once, after a cool-down, or not at all', () => {
  const world = withRule({ max: 4 }, 1);
  expect(scalingDue(world.state, world.now)).toBeNull();
  world.do('owner', { type: 'task.create', title: 'One more', roleId: 'engineer' as never });
  expect(scalingDue(world.state, world.now)).toBe(world.now);
  world.do(host, { type: 'scaling.apply' });
  for (const { id } of [...world.state.tasks.values()]) {
    world.do('owner', { type: 'task.cancel', taskId: id, reason: 'no more' });
  }
  expect(scalingDue(world.state, world.now)).toBe(world.now + 60_000);
});
