/** Who takes no task while something is paused or stopped, and what goes on all the same. */
import { describe, expect, it } from 'vitest';
import type { WorkerId } from '../../../src/core/ids.ts';
import { agentState, bestAgent } from '../../../src/core/org/availability.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { externalLauncher } from '../../../src/core/worker/worker.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, typesOf } from '../kit.ts';

const gate = { name: 'review', position: 'after', requires: { pm: 1 } } as const;
const workflows = [{ name: 'reviewed', steps: [{ id: 'a', title: 'a', role: 'engineer', gates: [gate] }] }];

function withTask(title = 'work'): World {
  const world = company({ workflows });
  world.do('owner', { type: 'task.create', title, roleId: 'engineer' });
  return world;
}

const why = (world: World, title = 'work') => waitingBecause(world.state, world.task(title), world.now);

describe('a paused company', () => {
  it('claims nothing, says why, and goes on when it is resumed', () => {
    const world = withTask();
    world.online('ann');
    expect(typesOf(world.do('owner', { type: 'company.pause', reason: 'a release' }))).toEqual([
      'company.paused',
    ]);
    expect(world.state.company?.pause).toEqual({
      kind: 'paused',
      reason: 'a release',
      by: world.member('owner').id,
      at: world.now,
    });
    expect(world.claim('ann')).toBeNull();
    expect(why(world)).toBe('the company is paused: a release');
    for (const name of ['ann', 'owner']) {
      const workerId = name === 'ann' ? world.online('ann') : null;
      const refusal = world.refusal(name, { type: 'task.claim', taskId: world.task('work').id, workerId });
      expect([refusal.code, refusal.message]).toEqual([
        'PAUSED',
        `"work" can't be claimed: the company is paused: a release; resume it first`,
      ]);
    }
    world.do('owner', { type: 'company.resume' });
    expect(why(world)).toBeNull();
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('lets running work end, and gates be signed', () => {
    const world = company({ workflows });
    world.route('reviewed');
    const { id, lease } = world.claim('ann', 'a') ?? {};
    world.do('owner', { type: 'company.pause', reason: 'a release' });
    expect(world.task('a').state).toBe('leased');
    const artifacts = [{ hash: 'a'.repeat(64), path: 'a.md', bytes: 1 }];
    world.do('ann', { type: 'task.complete', taskId: id ?? '', token: lease?.token ?? 0, artifacts });
    world.sign('owner', 'review');
    expect(world.epic().state).toBe('completed');
  });

  it('stays as it is when it is paused again, configured or resumed twice', () => {
    const world = withTask();
    world.do('owner', { type: 'company.pause', reason: 'a release' });
    expect(world.do('owner', { type: 'company.pause', reason: 'another' })).toEqual([]);
    world.do('owner', { type: 'company.configure', name: 'Other' });
    expect(world.state.company).toMatchObject({ name: 'Other', pause: { reason: 'a release' } });
    world.do('owner', { type: 'company.resume' });
    expect(world.do('owner', { type: 'company.resume' })).toEqual([]);
  });
});

describe('a stopped company', () => {
  it('takes every lease back with the reason, and leaves gates alone', () => {
    const world = company({ workflows });
    world.route('reviewed');
    world.finish('ann', 'a');
    world.do('owner', { type: 'task.create', title: 'one', roleId: 'engineer' });
    world.do('owner', { type: 'task.create', title: 'two', roleId: 'engineer' });
    const held = world.claim('ann', 'one');
    world.claim('owner', 'two');
    const events = world.do('owner', { type: 'company.stop', reason: 'a fire' });
    expect(typesOf(events)).toEqual(['company.stopped', 'task.released', 'task.released']);
    for (const title of ['one', 'two']) {
      expect(world.task(title)).toMatchObject({
        state: 'ready',
        lease: null,
        failures: 0,
        attempts: [{ outcome: 'released', reason: 'the company was stopped: a fire' }],
      });
    }
    expect(world.gate('review').state).toBe('waiting');
    const token = held?.lease?.token ?? 0;
    const late = world.refusal('ann', {
      type: 'task.fail',
      taskId: held?.id ?? '',
      token,
      reason: 'too late',
    });
    expect(late.code).toBe('LEASE_LOST');
    expect(world.claim('ann')).toBeNull();
    expect(why(world, 'one')).toBe('the company is stopped: a fire');
    world.sign('owner', 'review');
    expect(world.epic().state).toBe('completed');
  });

  it('ends the workers of scripts with the reason, starting ones too, and none begins anew until it goes on', () => {
    const world = company();
    const start = (name: string, workerId: string) => ({
      type: 'worker.start' as const,
      workerId,
      memberId: world.member(name).id,
      launcher: externalLauncher,
      runner: 'script',
    });
    world.do(host, start('ann', 'worker_ann'));
    world.do('ann', { type: 'worker.report_ready', workerId: 'worker_ann', pid: 1 });
    world.do(host, start('bob', 'worker_bob'));
    const ofHost = world.online('sven');
    world.do('owner', { type: 'company.pause', reason: 'a release' });
    expect(world.state.workers.get('worker_ann' as WorkerId)?.state).toBe('ready');
    world.do('owner', { type: 'company.stop', reason: 'a fire' });
    for (const id of ['worker_ann', 'worker_bob'] as WorkerId[]) {
      expect(world.state.workers.get(id)).toMatchObject({
        state: 'stopped',
        endedAt: world.now,
        exitReason: 'the company was stopped: a fire',
      });
    }
    // Its host ends it, which has its process in its hands.
    expect(world.state.workers.get(ofHost)?.state).toBe('ready');
    expect(world.refusal(host, start('ann', 'worker_2'))).toMatchObject({
      code: 'PAUSED',
      message: 'Nobody can act for ann: the company is stopped: a fire; resume it first',
    });
    world.do('owner', { type: 'company.resume' });
    only(world.do(host, start('ann', 'worker_2')), 'worker.started');
  });

  it('frees what agents have locked, with a task or without, and leaves people theirs', () => {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'one', roleId: 'engineer' });
    const taskId = world.claim('ann', 'one')?.id ?? '';
    const lock = (scope: string, more = {}) =>
      ({ type: 'lock.acquire', scope, intent: 'edit', ...more }) as const;
    world.do('ann', lock('src', { taskId }));
    world.do('ann', lock('docs'));
    world.do('owner', lock('tests'));
    const note = 'the company was stopped: a fire';
    const events = world.do('owner', { type: 'company.stop', reason: 'a fire' });
    expect(events.flatMap((event) => (event.type === 'lock.released' ? [event] : []))).toMatchObject([
      { reason: 'forced', note },
      { reason: 'forced', note },
    ]);
    expect(world.state.locks.dump().map(({ scope }) => scope)).toEqual(['tests']);
  });

  it('gives no agent a lock, but people, until it goes on; one that is paused gives it', () => {
    const world = company();
    const lock = (scope: string) => ({ type: 'lock.acquire', scope, intent: 'edit' }) as const;
    world.do('owner', { type: 'company.pause', reason: 'a release' });
    only(world.do('ann', lock('src')), 'lock.acquired');
    world.do('owner', { type: 'company.stop', reason: 'a fire' });
    expect(world.refusal('ann', lock('src'))).toMatchObject({
      code: 'PAUSED',
      message: "ann can't lock “src”: the company is stopped: a fire; resume it first",
    });
    only(world.do('owner', lock('src')), 'lock.acquired');
    world.do('owner', { type: 'company.resume' });
    only(world.do('ann', lock('docs')), 'lock.acquired');
  });

  it('comes of a paused one, but is not made a paused one again', () => {
    const world = withTask();
    world.do('owner', { type: 'company.pause', reason: 'a release' });
    world.do('owner', { type: 'company.stop', reason: 'a fire' });
    expect(world.do('owner', { type: 'company.pause', reason: 'calm' })).toEqual([]);
    expect(world.state.company?.pause).toMatchObject({ kind: 'stopped', reason: 'a fire' });
    world.do('owner', { type: 'company.resume' });
    expect(world.claim('ann')?.title).toBe('work');
  });
});

describe('a paused agent', () => {
  const pause = (world: World, name: string) =>
    world.do('owner', { type: 'member.pause', memberId: world.member(name).id, reason: 'a new model' });

  it('claims nothing while the others do, and is nobody’s best', () => {
    const world = withTask();
    world.online('ann');
    pause(world, 'ann');
    expect(agentState(world.state, world.member('ann'), world.now)).toBe('blocked');
    expect(world.claim('ann')).toBeNull();
    expect(bestAgent(world.state, { roleId: 'engineer' as never }, world.now)).toBeNull();
    expect(world.claim('bob')?.title).toBe('work');
  });

  it('goes on with what it has', () => {
    const world = withTask();
    const { id, lease } = world.claim('ann', 'work') ?? {};
    pause(world, 'ann');
    expect(agentState(world.state, world.member('ann'), world.now)).toBe('working');
    world.do('ann', { type: 'task.complete', taskId: id ?? '', token: lease?.token ?? 0, artifacts: [] });
    expect(world.task('work').state).toBe('done');
  });

  it('does not keep a more senior one waiting, nor a task to itself', () => {
    const world = withTask();
    world.online('ann');
    pause(world, 'ann');
    // Nor does one who is offline, and would be called.
    pause(world, 'bob');
    expect(world.claim('sven')?.title).toBe('work');
    world.do('owner', { type: 'member.resume', memberId: world.member('bob').id });
    world.do('owner', { type: 'task.create', title: 'kept', roleId: 'engineer' });
    const taskId = world.task('kept').id;
    world.do('owner', { type: 'task.assign', taskId, memberId: world.member('ann').id });
    expect(world.claim('bob')?.title).toBe('kept');
  });

  it('is named as the reason when nobody else could', () => {
    const world = company({ staff: { engineering: [{ name: 'ann', role: 'engineer' }] } });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    world.online('ann');
    pause(world, 'ann');
    expect(why(world)).toBe('ann is paused: a new model');
    world.do('owner', { type: 'member.add', teamId: null, member: { name: 'bea', role: 'engineer' } });
    pause(world, 'bea');
    expect(why(world)).toBe('every engineer is paused or out of budget');
  });

  it('stays paused through a change, is resumed once, and is no person', () => {
    const world = withTask();
    const memberId = world.member('ann').id;
    pause(world, 'ann');
    expect(pause(world, 'ann')).toEqual([]);
    world.do('owner', { type: 'member.change', memberId, member: { tags: ['fast'] } });
    expect(world.member('ann').pause).toMatchObject({ reason: 'a new model' });
    only(world.do('owner', { type: 'member.resume', memberId }), 'member.resumed');
    expect(world.do('owner', { type: 'member.resume', memberId })).toEqual([]);
    const owner = world.member('owner').id;
    expect(world.refusal('owner', { type: 'member.pause', memberId: owner, reason: 'x' }).code).toBe(
      'BAD_INPUT',
    );
  });
});
