/** Workers that fall silent: declared hung in time, their work given to others, and no word of theirs counts any more. */
import { describe, expect, it } from 'vitest';
import { agentState, isHung } from '../../../src/core/org/availability.ts';
import { nextDue } from '../../../src/core/tick.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, typesOf } from '../kit.ts';

/** With leases that outlast the silence, so that the silence is what ends them. */
function atWork(policy = {}): World {
  const world = company({ policy: { lease: '1h', ...policy } });
  world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
  world.claim('ann', 'work');
  return world;
}

describe('a worker that is silent', () => {
  it('is hung after 300 s, and its task is a failed attempt with that reason', () => {
    const world = atWork();
    expect(nextDue(world.state, null)).toBe(world.now + seconds(300));
    expect(world.pass(seconds(299))).toEqual([]);
    const events = world.pass(seconds(1));
    expect(typesOf(events)).toEqual(['worker.hung', 'task.attempt_failed']);
    const reason = 'hung: no heartbeat for 300 s';
    expect(only(events, 'task.attempt_failed')).toMatchObject({ outcome: 'failed', reason });
    expect(world.state.workers.dump()[0]).toMatchObject({ state: 'hung', exitReason: reason, endedAt: null });
    expect(agentState(world.state, world.member('ann'), world.now)).toBe('blocked');
    expect(isHung(world.state, world.member('ann'), world.now)).toBe(true);
  });

  it('ends at once, and frees its agent, when no host has its process', () => {
    const world = company({ policy: { lease: '1h' } });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    const workerId = 'worker_external00';
    const memberId = world.member('ann').id;
    const start = { type: 'worker.start', memberId, launcher: 'external', runner: 'script' } as const;
    world.do(host, { ...start, workerId });
    world.do('ann', { type: 'worker.report_ready', workerId, pid: 7 });
    world.do('ann', { type: 'task.claim', workerId });
    const events = world.pass(minutes(5));
    expect(typesOf(events)).toEqual(['worker.hung', 'task.attempt_failed', 'worker.crashed']);
    expect(world.task('work').attempts).toMatchObject([{ reason: 'hung: no heartbeat for 300 s' }]);
    expect(typesOf(world.do(host, { ...start, workerId: 'worker_external01' }))).toEqual(['worker.started']);
  });

  it('is hung once only', () => {
    const world = atWork();
    world.pass(minutes(5));
    expect(typesOf(world.pass(minutes(60)))).toEqual(['task.readied']);
  });

  it('is not while it beats, however long it works', () => {
    const world = atWork({ lease: '60s' });
    const workerId = world.online('ann');
    for (let beats = 0; beats < 100; beats += 1) {
      expect(typesOf(world.pass(seconds(15)))).toEqual([]);
      world.do('ann', { type: 'worker.beat', workerId });
    }
    expect(world.task('work').state).toBe('leased');
  });

  it('leaves an attempt that ran out before as it is', () => {
    const world = atWork({ lease: '60s', hung_after: '2m' });
    expect(typesOf(world.pass(minutes(3)))).toEqual(['task.attempt_failed', 'worker.hung']);
    expect(world.task('work').attempts).toMatchObject([{ outcome: 'expired' }]);
  });

  it('can do nothing any more when it wakes up', () => {
    const world = atWork();
    const { id: workerId } = world.state.workers.dump()[0] ?? {};
    const { lease, id: taskId } = world.task('work');
    world.pass(minutes(5));
    const beat = world.refusal('ann', { type: 'worker.beat', workerId: workerId ?? '' });
    expect([beat.code, beat.message]).toEqual([
      'WRONG_STATE',
      `Worker ${workerId} can do no more: hung: no heartbeat for 300 s; its tasks go to others, so it must end`,
    ]);
    const late = { type: 'task.fail', taskId, token: lease?.token ?? 0, reason: 'x' } as const;
    expect(world.refusal('ann', late).code).toBe('LEASE_LOST');
    world.pass(minutes(60));
    const claim = { type: 'task.claim', taskId, workerId: workerId ?? '' } as const;
    expect(world.refusal('ann', claim).code).toBe('WRONG_STATE');
    expect(world.claim('bob')?.title).toBe('work');
  });

  it('makes room for the next one when its process has ended', () => {
    const world = atWork();
    const { id: workerId } = world.state.workers.dump()[0] ?? {};
    world.pass(minutes(5));
    const end = {
      type: 'worker.end',
      workerId: workerId ?? '',
      outcome: 'crashed',
      reason: 'killed',
    } as const;
    expect(typesOf(world.do(host, end))).toEqual(['worker.crashed']);
    world.pass(minutes(60));
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('is hung also when it never came up', () => {
    const world = company();
    const memberId = world.member('ann').id;
    const worker = { workerId: 'worker_1', memberId, launcher: 'test', runner: 'script' };
    world.do(host, { type: 'worker.start', ...worker });
    expect(typesOf(world.pass(minutes(5)))).toEqual(['worker.hung']);
  });
});
