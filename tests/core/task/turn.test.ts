/** A ready task calls the one whose turn it is: whoever would get it otherwise waits a moment, and no longer. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { findTask } from '../../../src/core/task/find-task.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate } from '../companies.ts';
import type { World } from '../kit.ts';
import { host } from '../kit.ts';

const staff: Staff = {
  engineering: [
    { name: 'emma', role: 'em' },
    { name: 'sven', role: 'senior_eng' },
    { name: 'ann', role: 'engineer', max_concurrent: 2 },
  ],
};

type Single = Omit<Extract<CommandInput, { type: 'task.create' }>, 'type' | 'title'>;

/** Nobody is online. */
function given(task: Single = { roleId: 'engineer' as never }, call_wait = '5s'): World {
  const world = company({ staff, policy: { call_wait } });
  world.do('owner', { type: 'task.create', title: 'a', ...task });
  return world;
}

const keptFor = (name: string) => (world: World) =>
  world.do('owner', {
    type: 'task.assign',
    taskId: world.task('a').id,
    memberId: world.member(name).id,
  });

function start(world: World, name: string): void {
  const worker = { workerId: `worker_${name}`, memberId: world.member(name).id };
  world.do(host, { type: 'worker.start', ...worker, launcher: 'test', runner: 'script' } as CommandInput);
}

const drain = (world: World, name: string) =>
  world.do(host, { type: 'worker.drain', workerId: world.online(name) });

/** Takes up so many of the agent's places. */
function occupy(world: World, name: string, tasks: number): void {
  for (let n = 0; n < tasks; n += 1) {
    const title = `${name} ${n}`;
    world.do('owner', { type: 'task.create', title, assigneeId: world.member(name).id });
    world.claim(name, title);
  }
}

function onlyDraining(world: World): void {
  occupy(world, 'ann', 1);
  drain(world, 'ann');
}

function hanging(world: World): void {
  start(world, 'ann');
  world.pass(minutes(6));
  // Its call begins again.
  world.do('owner', { type: 'task.assign', taskId: world.task('a').id, memberId: world.member('sven').id });
  world.do('owner', { type: 'task.assign', taskId: world.task('a').id, memberId: null });
}

describe('who waits for whom', () => {
  it.each<[string, (world: World) => unknown, string, [boolean, boolean]]>([
    ['a senior waits for a junior who is offline', () => null, 'sven', [false, true]],
    ['the junior does not wait', () => null, 'ann', [true, true]],
    ['a senior waits as long as a junior starts', (world) => start(world, 'ann'), 'sven', [false, false]],
    ['as for one who drains with nothing in hand', (world) => drain(world, 'ann'), 'sven', [false, true]],
    ['not for one who drains and still works', onlyDraining, 'sven', [true, true]],
    ['not for one with enough to do', (world) => occupy(world, 'ann', 2), 'sven', [true, true]],
    ['for one with room for another', (world) => occupy(world, 'ann', 1), 'sven', [false, false]],
    ['not for one who hangs', hanging, 'sven', [true, true]],
    ['the most senior waits for the one between', (world) => occupy(world, 'ann', 2), 'emma', [false, true]],
    ['others wait for the one it is kept for', keptFor('sven'), 'ann', [false, true]],
    ['who does not wait for anybody', keptFor('sven'), 'sven', [true, true]],
    [
      'and longer if that one starts',
      (world) => {
        keptFor('sven')(world);
        start(world, 'sven');
      },
      'ann',
      [false, false],
    ],
  ])('%s', (_rule, arrange, who, [atOnce, afterTheCall]) => {
    const world = given();
    arrange(world);
    world.online(who);
    const gets = () => findTask(world.state, world.member(who), [], world.now).task !== null;
    const mayNameIt = () => {
      const twin = world.restored();
      twin.online(who);
      try {
        return twin.claim(who, 'a') !== null;
      } catch {
        return false;
      }
    };
    expect([gets(), mayNameIt()]).toEqual([atOnce, atOnce]);
    world.pass(seconds(5));
    expect([gets(), mayNameIt()]).toEqual([afterTheCall, afterTheCall]);
  });

  it.each<[string, Single, string, string]>([
    ['nobody calls for a task of no role', { roleId: null }, '5s', 'emma'],
    [
      'nor for those who lack what it takes',
      { roleId: 'engineer' as never, requiresCapabilities: ['approve_merge' as never] },
      '5s',
      'sven',
    ],
    ['nor in a company that does not wait', { roleId: 'engineer' as never }, '0s', 'emma'],
  ])('%s', (_rule, task, callWait, who) => {
    expect(given(task, callWait).claim(who)?.title).toBe('a');
  });

  it('holds for steps and reviews alike', () => {
    const world = company({
      staff,
      workflows: [oneGate({ name: 'review', position: 'after', requires: { senior_eng: 1 } })],
    });
    world.route('one_gate');
    expect(world.claim('sven')).toBeNull();
    world.finish('ann', 'Work');
    world.do(host, {
      type: 'worker.end',
      workerId: world.online('sven'),
      outcome: 'stopped',
      reason: 'idle',
    });
    expect(world.claim('emma')).toBeNull();
    world.pass(seconds(5));
    expect(world.claim('emma')?.kind).toBe('review');
  });

  it('tells for whom a task waits, and until when', () => {
    const world = given();
    const claim = (name: string) =>
      world.refusal(name, { type: 'task.claim', taskId: world.task('a').id, workerId: world.online(name) });
    const until = world.now + seconds(5);
    world.now = (world.now + seconds(2)) as typeof world.now;
    expect(claim('sven')).toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringMatching(/ann goes before sven if online in 3 s$/),
      details: { before: world.member('ann').id, until },
    });
    start(world, 'ann');
    expect(claim('sven').message).toMatch(/ann goes before sven and is starting$/);
    keptFor('emma')(world);
    expect(claim('sven')).toMatchObject({
      message: expect.stringMatching(/kept for emma, who is called: .* not there in 5 s$/),
      details: { keptFor: world.member('emma').id, until: world.now + seconds(5) },
    });
  });

  it('binds a person by what is kept for another, not by seniority', () => {
    const world = given();
    expect(world.claim('owner', 'a')?.state).toBe('leased');
    const kept = given();
    keptFor('ann')(kept);
    expect(kept.refusal('owner', { type: 'task.claim', taskId: kept.task('a').id }).code).toBe('WRONG_STATE');
  });

  it('says when to look again: when the first call ends for those whom nobody else keeps away', () => {
    const world = given();
    const first = world.now + seconds(5);
    world.pass(seconds(1));
    world.do('owner', { type: 'task.create', title: 'b', roleId: 'engineer' as never, tags: ['red'] });
    const again = (name: string, tags: string[] = []) =>
      findTask(world.state, world.member(name), tags, world.now).lookAgainAt;
    expect(again('sven')).toBe(first);
    expect(again('sven', ['red'])).toBe(first + seconds(1));
    expect(again('ann')).toBeNull();
    start(world, 'ann');
    expect(again('sven')).toBeNull();
  });
});

describe('the call begins', () => {
  function leased(): { world: World; held: { taskId: string; token: number } } {
    const world = company({ staff, policy: { retry_base: '10s', max_attempts: 2 } });
    world.do('owner', { type: 'task.create', title: 'a', roleId: 'engineer' });
    const task = world.claim('ann');
    return { world, held: { taskId: task?.id ?? '', token: task?.lease?.token ?? 0 } };
  }

  it('when the task becomes ready, and ends with the claim', () => {
    const world = given();
    expect(world.task('a').readyAt).toBe(world.now);
    world.claim('ann');
    expect(world.task('a').readyAt).toBeNull();
  });

  it('anew when it is given back, retried by time or by a person', () => {
    const { world, held } = leased();
    world.pass(seconds(1));
    world.do('ann', { type: 'task.release', ...held, reason: 'no time' });
    expect(world.task('a').readyAt).toBe(world.now);
    for (const pause of [10, 1]) {
      const lease = world.claim('ann')?.lease;
      world.do('ann', { type: 'task.fail', taskId: held.taskId, token: lease?.token ?? 0, reason: 'no' });
      expect(world.task('a').readyAt).toBeNull();
      world.pass(seconds(pause));
      if (pause === 1) world.do('owner', { type: 'task.retry', taskId: held.taskId });
      expect(world.task('a').readyAt).toBe(world.now);
    }
  });

  it('anew when it is assigned to another, but not when it is free for all again', () => {
    const world = given();
    world.pass(seconds(3));
    keptFor('sven')(world);
    const assigned = world.now;
    expect(world.task('a').readyAt).toBe(assigned);
    world.pass(seconds(1));
    world.do('owner', { type: 'task.assign', taskId: world.task('a').id, memberId: null });
    expect(world.task('a').readyAt).toBe(assigned);
  });

  it('anew when a gate sends it back, and not for a task that is cancelled', () => {
    const world = company({
      staff,
      workflows: [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })],
    });
    world.route('one_gate');
    world.finish('ann', 'Work');
    expect(world.task('Work').readyAt).toBeNull();
    world.pass(seconds(9));
    world.sign('owner', 'review', 'request_changes');
    expect(world.task('Work').readyAt).toBe(world.now);
    world.do('owner', { type: 'task.cancel', taskId: world.task('Work').id, reason: 'no more' });
    expect(world.task('Work').readyAt).toBeNull();
  });
});
