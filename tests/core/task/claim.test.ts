/** Who gets which task. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import type { Actor } from '../../../src/core/context.ts';
import type { WorkerId } from '../../../src/core/ids.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import type { WorkflowFileInput } from '../companies.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only } from '../kit.ts';

type Ready = {
  title: string;
  priority?: 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';
  roleId?: string | null;
} & Partial<{
  tags: string[];
  requiresCapabilities: string[];
  assignee: string;
}>;

function given(...ready: Ready[]): World {
  const world = company();
  for (const { assignee, ...task } of ready) {
    const assigneeId = assignee ? world.member(assignee).id : null;
    world.do('owner', { type: 'task.create', roleId: 'engineer', ...task, assigneeId });
  }
  return world;
}

describe('an agent claims', () => {
  it.each<[string, Ready[], string | null]>([
    [
      'a higher priority first',
      [
        { title: 'a', priority: 'LOW' },
        { title: 'b', priority: 'URGENT' },
      ],
      'b',
    ],
    ['the older of equals', [{ title: 'a' }, { title: 'b' }], 'a'],
    ['a task that anybody may take', [{ title: 'a', roleId: null }], 'a'],
    ['the older across roles', [{ title: 'a', roleId: null }, { title: 'b' }], 'a'],
    [
      'the more urgent across roles',
      [
        { title: 'a', roleId: null },
        { title: 'b', priority: 'HIGH' },
      ],
      'b',
    ],
    ['nothing of another role', [{ title: 'a', roleId: 'qa_eng' }], null],
    ['nothing of a more senior role', [{ title: 'a', roleId: 'senior_eng' }], null],
    ['what asks for a capability that it has', [{ title: 'a', requiresCapabilities: ['fix_bugs'] }], 'a'],
    [
      'nothing that asks for one that it lacks',
      [{ title: 'a', requiresCapabilities: ['approve_merge'] }],
      null,
    ],
    ['what is kept for it', [{ title: 'a', assignee: 'ann' }], 'a'],
    [
      'past what is kept for a person',
      [{ title: 'a', roleId: null, assignee: 'owner' }, { title: 'b' }],
      'b',
    ],
    ['past what is kept for an agent who is called', [{ title: 'a', assignee: 'bob' }, { title: 'b' }], 'b'],
  ])('%s', (_rule, ready, expected) => {
    expect(given(...ready).claim('ann')?.title ?? null).toBe(expected);
  });

  it('only tasks with all the tags it asks for', () => {
    const world = given({ title: 'a', tags: ['red'] }, { title: 'b', tags: ['red', 'blue'] });
    const workerId = world.online('ann');
    const claimed = world.do('ann', { type: 'task.claim', workerId, tags: ['blue', 'red'] });
    expect(only(claimed, 'task.claimed').taskId).toBe(world.task('b').id);
    expect(world.do('bob', { type: 'task.claim', tags: ['green'] })).toEqual([]);
  });

  it('for the company lease, or the one it asks for', () => {
    const world = given({ title: 'a' }, { title: 'b' });
    expect(world.claim('ann')?.lease).toMatchObject({ until: world.now + seconds(60) });
    const claimed = world.do('bob', { type: 'task.claim', lease: 5_000 });
    expect(only(claimed, 'task.claimed').until).toBe(world.now + 5_000);
  });
});

describe('a claim is refused', () => {
  it.each<[string, (world: World) => unknown, string | typeof host, object, string, RegExp]>([
    [
      'to an agent with enough to do',
      (world) => world.claim('ann'),
      'ann',
      {},
      'AGENT_BUSY',
      /already works on a task/,
    ],
    ['to a person who names no task', () => null, 'owner', {}, 'BAD_INPUT', /say which task/],
    [
      'of a taken task',
      (world) => world.claim('ann', 'a'),
      'bob',
      { taskId: 'a' },
      'WRONG_STATE',
      /ann works on it/,
    ],
    ['to the wrong role', () => null, 'gina', { taskId: 'a' }, 'NOT_ENTITLED', /needs the role engineer/],
    [
      'to a senior while the junior is available',
      (world) => world.online('bob'),
      'sven',
      { taskId: 'a' },
      'WRONG_STATE',
      /bob goes before sven/,
    ],
    ['of a task that is not there', () => null, 'ann', { taskId: 'task_x' }, 'NOT_FOUND', /no task task_x/],
    ['for no time at all', () => null, 'ann', { lease: 0 }, 'BAD_INPUT', /give it some seconds/],
    [
      'for weeks',
      () => null,
      'ann',
      { lease: 604_800_000 },
      'BAD_INPUT',
      /A lease of 7 d .* may be 1 d at most/,
    ],
    ['to the host', () => null, host, {}, 'FORBIDDEN', /acts for no member/],
  ])('%s', (_rule, before, who, { taskId, ...more }: { taskId?: string }, code, message) => {
    const world = given({ title: 'a' }, { title: 'b' });
    before(world);
    const named = taskId === 'a' ? { taskId: world.task('a').id } : { taskId };
    const refusal = world.refusal(who, {
      type: 'task.claim',
      ...(taskId ? named : {}),
      ...more,
    } as CommandInput);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
  });

  it('in the session of a worker, for another one, also of the same agent', () => {
    const world = given({ title: 'a' });
    const [own, other] = [world.online('ann'), 'worker_of_ann_too' as WorkerId];
    const session: Actor = { kind: 'member', memberId: world.member('ann').id, workerId: own };
    expect(world.refusal(session, { type: 'task.claim', workerId: other })).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('A worker claims for itself'),
    });
    const claimed = only(world.do(session, { type: 'task.claim' }), 'task.claimed');
    expect(claimed.workerId).toBe(own);
  });

  it("with another agent's worker", () => {
    const world = given({ title: 'a' });
    const refusal = world.refusal('ann', { type: 'task.claim', workerId: world.online('bob') });
    expect([refusal.code, refusal.message]).toEqual([
      'FORBIDDEN',
      expect.stringMatching(/does not act for ann/),
    ]);
  });
});

describe('the least senior who is available goes first', () => {
  it('a senior takes it when no junior comes online', () => {
    const world = given({ title: 'a' });
    expect(world.claim('sven')).toBeNull();
    world.pass(seconds(5));
    expect(world.claim('sven')?.title).toBe('a');
  });

  it('nearest first: senior_eng before em', () => {
    const world = given({ title: 'a' });
    world.online('sven');
    world.pass(seconds(5));
    expect(world.claim('emma')).toBeNull();
    expect(world.claim('sven')?.title).toBe('a');
  });

  it('a senior takes it when the juniors have enough to do', () => {
    const world = given({ title: 'a' }, { title: 'b' }, { title: 'c' });
    world.claim('ann');
    world.claim('bob');
    expect(world.claim('sven')?.title).toBe('c');
  });

  it('a senior takes what asks for more than the juniors can', () => {
    const world = given({ title: 'a' }, { title: 'b', requiresCapabilities: ['approve_merge'] });
    world.online('ann');
    expect(world.claim('sven')?.title).toBe('b');
  });

  it('a junior who drains or hangs does not count', () => {
    const world = given({ title: 'a' }, { title: 'b' });
    world.pass(seconds(5));
    world.do(host, { type: 'worker.drain', workerId: world.online('ann') });
    expect(world.claim('sven')?.title).toBe('a');
    world.online('bob');
    expect(world.claim('emma')).toBeNull();
    world.now = (world.now + minutes(6)) as typeof world.now;
    expect(world.claim('emma')?.title).toBe('b');
  });

  it('a person who names the task need not wait', () => {
    const world = given({ title: 'a' });
    world.online('ann');
    const claimed = world.claim('owner', 'a');
    expect(claimed?.lease).toMatchObject({ memberId: world.member('owner').id, workerId: null, until: null });
  });
});

describe('a worker that ends', () => {
  it('gets nothing more while it drains', () => {
    const world = given({ title: 'a' });
    const workerId = world.online('ann');
    world.do(host, { type: 'worker.drain', workerId });
    expect(world.do('ann', { type: 'task.claim', workerId })).toEqual([]);
  });

  it('may not claim any more', () => {
    const world = given({ title: 'a' });
    const workerId = world.online('ann');
    world.do(host, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'idle' });
    expect(world.refusal('ann', { type: 'task.claim', workerId }).code).toBe('WRONG_STATE');
  });
});

describe('authorship is not given to whoever must sign', () => {
  const reviewedBy = (requires: Record<string, number>): WorkflowFileInput => ({
    name: 'reviewed',
    steps: [
      {
        id: 'fix',
        title: 'Fix',
        role: 'engineer',
        gates: [{ name: 'review', position: 'after', requires }],
      },
    ],
  });
  const worldWith = (
    requires: Record<string, number>,
    engineering: { name: string; role: string }[],
  ): World => {
    const world = company({ staff: { engineering }, workflows: [reviewedBy(requires)] });
    world.route('reviewed');
    return world;
  };

  it('an em leaves the step to the engineer who is offline, since only the owner could sign then', () => {
    const world = worldWith({ em: 1 }, [
      { name: 'emma', role: 'em' },
      { name: 'ann', role: 'engineer' },
    ]);
    expect(world.claim('emma')).toBeNull();
    expect(world.refusal('emma', { type: 'task.claim', taskId: world.task('Fix').id }).code).toBe(
      'SELF_APPROVAL',
    );
    expect(world.claim('ann')?.title).toBe('Fix');
  });

  it('the only engineer takes it even if the owner must sign then', () => {
    expect(worldWith({ em: 1 }, [{ name: 'emma', role: 'em' }]).claim('emma')?.title).toBe('Fix');
  });

  it('nobody takes it if no one could open the gate then', () => {
    const two = [
      { name: 'emma', role: 'em' },
      { name: 'eli', role: 'em' },
    ];
    const world = worldWith({ em: 2 }, [...two, { name: 'ann', role: 'engineer' }]);
    expect(world.claim('emma')).toBeNull();
    expect(world.claim('ann')?.title).toBe('Fix');
  });
});
