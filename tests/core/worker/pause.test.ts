/** A worker that is paused takes nothing new, keeps what it has, and stays its agent's. */
import { describe, expect, it } from 'vitest';
import { agentState, bestAgent } from '../../../src/core/org/availability.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, typesOf } from '../kit.ts';

function withTask(): World {
  const world = company();
  world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
  return world;
}

const pause = (world: World, workerId: string) =>
  world.do('owner', { type: 'worker.pause', workerId, reason: 'a look at it' });

const worker = (world: World, id: string) => world.state.workers.dump().find((each) => each.id === id);

describe('a paused worker', () => {
  it('claims nothing while others do, is nobody’s best, and goes on when it is resumed', () => {
    const world = withTask();
    const workerId = world.online('ann');
    expect(typesOf(pause(world, workerId))).toEqual(['worker.paused']);
    expect(worker(world, workerId)).toMatchObject({
      state: 'ready',
      pause: { reason: 'a look at it', by: world.member('owner').id, at: world.now },
    });
    expect(agentState(world.state, world.member('ann'), world.now)).toBe('blocked');
    expect(bestAgent(world.state, { roleId: 'engineer' as never }, world.now)).toBeNull();
    expect(world.do('ann', { type: 'task.claim', workerId })).toEqual([]);
    const taskId = world.task('work').id;
    const refusal = world.refusal('ann', { type: 'task.claim', workerId, taskId });
    expect([refusal.code, refusal.message]).toEqual([
      'PAUSED',
      `The task can't be claimed: the worker ${workerId} of ann is paused: a look at it; resume the worker first`,
    ]);
    expect(typesOf(world.do('owner', { type: 'worker.resume', workerId }))).toEqual(['worker.resumed']);
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('is why a task waits, when nobody else may take it', () => {
    const world = company({ staff: { engineering: [{ name: 'ann', role: 'engineer' }] } });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    const workerId = world.online('ann');
    pause(world, workerId);
    const why = () => waitingBecause(world.state, world.task('work'), world.now);
    expect(why()).toBe(`the worker ${workerId} of ann is paused: a look at it`);
    world.do('owner', { type: 'worker.resume', workerId });
    expect(why()).toBeNull();
  });

  it('goes on with what it has, and renews its lease', () => {
    const world = withTask();
    const { id: taskId = '', lease } = world.claim('ann', 'work') ?? {};
    const workerId = lease?.workerId ?? '';
    pause(world, workerId);
    for (let beat = 0; beat < 4; beat += 1) {
      world.pass(seconds(40));
      world.do('ann', { type: 'worker.beat', workerId });
    }
    world.do('ann', { type: 'task.complete', taskId, token: lease?.token ?? 0, artifacts: [] });
    expect(world.task('work').state).toBe('done');
  });

  it('does not keep a more senior one waiting, nor a task to itself', () => {
    const world = withTask();
    const [ann, bob] = [world.online('ann'), world.online('bob')];
    pause(world, ann);
    pause(world, bob);
    expect(world.claim('sven')?.title).toBe('work');
    world.do('owner', { type: 'worker.resume', workerId: bob });
    world.do('owner', { type: 'task.create', title: 'kept', roleId: 'engineer' });
    const taskId = world.task('kept').id;
    world.do('owner', { type: 'task.assign', taskId, memberId: world.member('ann').id });
    expect(world.claim('bob')?.title).toBe('kept');
  });

  it('leaves the other worker of its agent to work', () => {
    const world = withTask();
    const memberId = world.member('ann').id;
    world.do('owner', { type: 'member.change', memberId, member: { max_concurrent: 2 } });
    const first = world.online('ann');
    world.do(host, {
      type: 'worker.start',
      workerId: 'worker_2',
      memberId,
      launcher: 'test',
      runner: 'script',
    });
    world.do('ann', { type: 'worker.report_ready', workerId: 'worker_2', pid: 2 });
    pause(world, first);
    expect(agentState(world.state, world.member('ann'), world.now)).toBe('available');
    expect(world.do('ann', { type: 'task.claim', workerId: first })).toEqual([]);
    expect(typesOf(world.do('ann', { type: 'task.claim', workerId: 'worker_2' }))).toEqual(['task.claimed']);
  });

  it('stays paused when it reports ready, may drain and hang, and its end ends the pause', () => {
    const world = withTask();
    const memberId = world.member('ann').id;
    const workerId = 'worker_1';
    world.do(host, { type: 'worker.start', workerId, memberId, launcher: 'test', runner: 'script' });
    pause(world, workerId);
    world.do('ann', { type: 'worker.report_ready', workerId, pid: 1 });
    expect(worker(world, workerId)).toMatchObject({ state: 'ready', pause: { reason: 'a look at it' } });
    world.pass(minutes(6));
    expect(worker(world, workerId)?.state).toBe('hung');
    world.do(host, { type: 'worker.end', workerId, outcome: 'crashed', reason: 'hung' });
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('is paused once and resumed once, and not at all when it has ended', () => {
    const world = withTask();
    const workerId = world.online('ann');
    expect(world.do('owner', { type: 'worker.resume', workerId })).toEqual([]);
    pause(world, workerId);
    expect(pause(world, workerId)).toEqual([]);
    world.do(host, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'done' });
    expect(world.refusal('owner', { type: 'worker.resume', workerId }).code).toBe('WRONG_STATE');
    expect(world.refusal('owner', { type: 'worker.pause', workerId: 'worker_9', reason: 'r' }).code).toBe(
      'NOT_FOUND',
    );
  });
});
