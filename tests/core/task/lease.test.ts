/** A lease belongs to one holder, with one token, for a time. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact, host, only, typesOf } from '../kit.ts';

function leased(): { world: World; held: { taskId: string; token: number } } {
  const world = company();
  world.do('owner', { type: 'task.create', title: 'a', roleId: 'engineer' });
  const task = world.claim('ann', 'a');
  return { world, held: { taskId: task?.id ?? '', token: task?.lease?.token ?? 0 } };
}

type Held = { taskId: string; token: number };
const commands: [string, (held: Held) => CommandInput][] = [
  ['task.renew', (held) => ({ type: 'task.renew', ...held })],
  ['task.complete', (held) => ({ type: 'task.complete', ...held, artifacts: [] })],
  ['task.answer', (held) => ({ type: 'task.answer', ...held, decision: 'approve' })],
  ['task.fail', (held) => ({ type: 'task.fail', ...held, reason: 'it broke' })],
  ['task.release', (held) => ({ type: 'task.release', ...held, reason: 'no time' })],
];

describe.each(commands)('%s', (_type, command) => {
  it('is refused with an old token', () => {
    const { world, held } = leased();
    expect(world.refusal('ann', command({ ...held, token: held.token - 1 })).code).toBe('LEASE_LOST');
  });

  it('is refused to anybody else', () => {
    const { world, held } = leased();
    expect(world.refusal('bob', command(held)).code).toBe('LEASE_LOST');
  });

  it('is refused after the lease ran out and another took the task', () => {
    const { world, held } = leased();
    world.pass(seconds(60));
    world.pass(seconds(60));
    world.claim('bob', 'a');
    const refusal = world.refusal('ann', command(held));
    expect([refusal.code, refusal.message]).toEqual([
      'LEASE_LOST',
      expect.stringMatching(/somebody else holds it/),
    ]);
  });
});

describe('a lease', () => {
  it('has the number of its own event as token, so tokens only rise', () => {
    const { world, held } = leased();
    expect(world.events.at(-1)).toMatchObject({ seq: held.token, event: { type: 'task.claimed' } });
    world.do('ann', { type: 'task.release', ...held, reason: 'no time' });
    expect(world.claim('bob', 'a')?.lease?.token).toBeGreaterThan(held.token);
  });

  it('is renewed from now on, and not made shorter', () => {
    const { world, held } = leased();
    expect(world.do('ann', { type: 'task.renew', ...held })).toEqual([]);
    world.pass(seconds(40));
    expect(world.do('ann', { type: 'task.renew', ...held })).toMatchObject([
      { type: 'task.lease_renewed', until: world.now + seconds(60) },
    ]);
    expect(world.pass(seconds(59))).toEqual([]);
  });

  it('is renewed by the beats of its worker once half of it is over', () => {
    const { world } = leased();
    const workerId = world.online('ann');
    world.pass(seconds(20));
    expect(typesOf(world.do('ann', { type: 'worker.beat', workerId }))).toEqual(['worker.seen']);
    world.pass(seconds(10));
    expect(typesOf(world.do('ann', { type: 'worker.beat', workerId }))).toEqual(['task.lease_renewed']);
  });

  it('of a person does not run out', () => {
    const { world, held } = leased();
    world.do('ann', { type: 'task.release', ...held, reason: 'no time' });
    world.claim('owner', 'a');
    world.endWorkers();
    expect(world.pass(minutes(10_000))).toEqual([]);
  });

  it('still counts when it is over but nobody noticed yet', () => {
    const { world, held } = leased();
    world.now = (world.now + minutes(5)) as typeof world.now;
    const done = world.do('ann', { type: 'task.complete', ...held, artifacts: [artifact('late')] });
    expect(typesOf(done)).toEqual(['task.done']);
  });

  it('that ran out is a failed attempt', () => {
    const { world } = leased();
    const events = world.pass(seconds(60));
    expect(only(events, 'task.attempt_failed')).toMatchObject({
      outcome: 'expired',
      reason: 'the lease of ann ran out',
      retryAt: world.now + seconds(60),
    });
    expect(world.do(host, { type: 'tick' })).toEqual([]);
  });
});
