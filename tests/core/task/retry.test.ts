/** Attempts that fail, tasks that have failed, and what becomes of their epic. */
import { describe, expect, it } from 'vitest';
import { nextDue } from '../../../src/core/tick.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import type { CompanyOptions } from '../companies.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, typesOf } from '../kit.ts';

const workflows = [{ name: 'short', steps: [{ id: 'a', title: 'a', role: 'engineer' }] }];

function routed(options: CompanyOptions = {}): World {
  const world = company({ workflows, ...options });
  world.route('short');
  return world;
}

function fail(world: World): ReturnType<World['do']> {
  const { id, lease } = world.claim('ann', 'a') ?? {};
  return world.do('ann', {
    type: 'task.fail',
    taskId: id ?? '',
    token: lease?.token ?? 0,
    reason: 'it broke',
  });
}

describe('a failed attempt', () => {
  it('waits twice as long each time, then the task has failed and blocks its epic with the reason', () => {
    const world = routed();
    expect(only(fail(world), 'task.attempt_failed').retryAt).toBe(world.now + seconds(60));
    expect(nextDue(world.state, null)).toBe(world.now + seconds(60));
    expect(world.pass(seconds(59))).toEqual([]);
    expect(typesOf(world.pass(seconds(1)))).toEqual(['task.readied']);
    expect(only(fail(world), 'task.attempt_failed').retryAt).toBe(world.now + seconds(120));
    world.pass(seconds(120));
    const events = fail(world);
    expect(typesOf(events)).toEqual(['task.failed', 'epic.blocked']);
    expect(only(events, 'epic.blocked').reason).toBe(
      '"a" failed 3 times, last: loops: the same failure 3 times: it broke',
    );
    world.endWorkers();
    expect(nextDue(world.state, null)).toBeNull();
  });

  it.each([
    [1, [null]],
    [2, [10_000, null]],
    [4, [10_000, 20_000, 40_000, null]],
  ])('with %i attempts and a base of 10 s', (max_attempts, waits) => {
    const world = routed({ policy: { max_attempts, retry_base: '10s', loop_after: 20 } });
    for (const wait of waits) {
      const [event] = fail(world);
      if (wait === null) expect(event?.type).toBe('task.failed');
      else expect(event).toMatchObject({ type: 'task.attempt_failed', retryAt: world.now + wait });
      world.pass(minutes(60));
    }
  });

  it('does not count any more after the work was handed in', () => {
    const world = routed();
    fail(world);
    world.pass(seconds(60));
    world.finish('ann', 'a');
    expect(world.task('a')).toMatchObject({ state: 'done', failures: 0 });
    expect(world.task('a').attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'submitted']);
  });
});

describe('a task that has failed', () => {
  const failed = (): World => {
    const world = routed({ policy: { max_attempts: 1 } });
    fail(world);
    return world;
  };

  it('gets a fresh set of attempts, and its epic goes on', () => {
    const world = failed();
    const events = world.do('owner', { type: 'task.retry', taskId: world.task('a').id });
    expect(typesOf(events)).toEqual(['task.retried', 'epic.unblocked']);
    expect(world.epic()).toMatchObject({ state: 'in_progress', reason: null });
    world.finish('ann', 'a');
    expect(world.epic().state).toBe('completed');
  });

  it('is the only kind that can be retried', () => {
    const refusal = routed().refusal('owner', { type: 'task.retry', taskId: routed().task('a').id });
    expect([refusal.code, refusal.message]).toEqual([
      'WRONG_STATE',
      expect.stringMatching(/it is ready, not failed/),
    ]);
  });
});

describe('a worker that ends', () => {
  it.each([
    ['stopped', 'task.released', 'ready', 0],
    ['crashed', 'task.attempt_failed', 'blocked', 1],
  ] as const)('%s: %s', (outcome, type, state, failures) => {
    const world = routed();
    world.claim('ann', 'a');
    const workerId = world.online('ann');
    const events = world.do(host, { type: 'worker.end', workerId, outcome, reason: 'exit 137' });
    expect(typesOf(events)).toEqual([`worker.${outcome}`, type]);
    expect(world.task('a')).toMatchObject({ state, failures, lease: null });
    expect(world.do(host, { type: 'worker.end', workerId, outcome, reason: 'again' })).toEqual([]);
  });
});
