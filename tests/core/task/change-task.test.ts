/** Stand-alone tasks and changes of tasks that wait. */
import { describe, expect, it } from 'vitest';
import { company, oneGate } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, typesOf } from '../kit.ts';

const create = (world: World, title: string, more: object = {}) =>
  world.do('owner', { type: 'task.create', title, roleId: 'engineer', ...more });

describe('a stand-alone task', () => {
  it('is ready at once', () => {
    const world = company();
    expect(typesOf(create(world, 'a'))).toEqual(['task.created']);
    expect(world.task('a')).toMatchObject({ state: 'ready', readyAt: world.now });
  });

  it('waits for all it depends on', () => {
    const world = company();
    create(world, 'a');
    create(world, 'b');
    create(world, 'c', { dependsOn: [world.task('a').id, world.task('b').id] });
    expect(world.task('c').state).toBe('blocked');
    expect(typesOf(world.finish('ann', 'a'))).not.toContain('task.readied');
    expect(only(world.finish('ann', 'b'), 'task.readied').taskId).toBe(world.task('c').id);
  });

  it('may wait for a step of an epic, which is completed all the same', () => {
    const world = company({
      workflows: [{ name: 'short', steps: [{ id: 's', title: 's', role: 'engineer' }] }],
    });
    world.route('short');
    create(world, 'after', { dependsOn: [world.task('s').id] });
    expect(typesOf(world.finish('ann', 's')).slice(-2)).toEqual(['epic.completed', 'task.readied']);
  });

  it.each([
    ['an unknown role', { roleId: 'enginer' }, 'NOT_FOUND', /did you mean `engineer`/],
    ['an unknown dependency', { dependsOn: ['task_x'] }, 'NOT_FOUND', /no task task_x/],
    ['an unknown assignee', { assigneeId: 'member_x' }, 'NOT_FOUND', /no member member_x/],
  ])('is refused with %s', (_what, more, code, message) => {
    const refusal = company().refusal('owner', { type: 'task.create', title: 'a', ...more });
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('is refused for an assignee who can not take it, or after what was cancelled', () => {
    const world = company();
    const assigneeId = world.member('gina').id;
    const task = { type: 'task.create', title: 'x', roleId: 'engineer' } as const;
    expect(world.refusal('owner', { ...task, assigneeId }).code).toBe('NOT_ENTITLED');
    create(world, 'a');
    world.do('owner', { type: 'task.cancel', taskId: world.task('a').id, reason: 'no' });
    const dependsOn = [world.task('a').id];
    expect(world.refusal('owner', { ...task, dependsOn }).code).toBe('WRONG_STATE');
  });
});

describe('a task that waits', () => {
  it('is kept for whom it is assigned to, until nobody is named', () => {
    const world = company();
    create(world, 'a');
    const taskId = world.task('a').id;
    world.online('bob');
    world.do('owner', { type: 'task.assign', taskId, memberId: world.member('bob').id });
    expect(world.claim('ann')).toBeNull();
    expect(world.refusal('ann', { type: 'task.claim', taskId }).message).toMatch(/kept for bob/);
    world.do('owner', { type: 'task.assign', taskId, memberId: null });
    expect(world.claim('ann')?.id).toBe(taskId);
    const memberId = world.member('bob').id;
    expect(world.refusal('owner', { type: 'task.assign', taskId, memberId }).code).toBe('WRONG_STATE');
  });

  it('changes its place with its priority', () => {
    const world = company();
    create(world, 'a');
    create(world, 'b');
    const taskId = world.task('b').id;
    world.do('owner', { type: 'task.prioritize', taskId, priority: 'HIGH' });
    expect(world.do('owner', { type: 'task.prioritize', taskId, priority: 'HIGH' })).toEqual([]);
    expect(world.claim('ann')?.title).toBe('b');
  });

  it('is cancelled, also while somebody works on it', () => {
    const world = company();
    create(world, 'a');
    const lease = world.claim('ann', 'a')?.lease;
    const taskId = world.task('a').id;
    world.do('owner', { type: 'task.cancel', taskId, reason: 'no' });
    expect(world.task('a')).toMatchObject({
      state: 'cancelled',
      lease: null,
      attempts: [{ outcome: 'cancelled' }],
    });
    const token = lease?.token ?? 0;
    expect(world.refusal('ann', { type: 'task.complete', taskId, token, artifacts: [] }).code).toBe(
      'LEASE_LOST',
    );
    expect(world.refusal('owner', { type: 'task.cancel', taskId, reason: 'no' }).code).toBe('WRONG_STATE');
  });
});

describe('a step that is cancelled', () => {
  it('blocks its epic, cancels its gates and reviews', () => {
    const world = company({
      workflows: [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })],
    });
    world.route('one_gate');
    world.finish('ann', 'Work');
    const review = world.reviews('review')[0];
    const cancel = { type: 'task.cancel', taskId: review?.id ?? '', reason: 'no' } as const;
    expect(world.refusal('owner', cancel).message).toMatch(/a review ends with its gate/);
    const events = world.do('owner', { type: 'task.cancel', taskId: world.task('Work').id, reason: 'no' });
    expect(typesOf(events)).toEqual(['task.cancelled', 'epic.blocked', 'gate.cancelled', 'task.cancelled']);
    expect(world.epic().reason).toBe('"Work" was cancelled, so nobody can finish this epic');
  });
});

describe('a task that somebody works on', () => {
  const held = (): World => {
    const world = company();
    create(world, 'a');
    world.claim('ann', 'a');
    return world;
  };
  const token = (world: World) => world.task('a').lease?.token ?? 0;

  it('is taken back from them with the reason, and is ready at once', () => {
    const world = held();
    const lost = token(world);
    const taskId = world.task('a').id;
    const events = world.do('owner', { type: 'task.force_release', taskId, reason: 'it takes too long' });
    expect(typesOf(events)).toEqual(['task.released']);
    expect(world.task('a')).toMatchObject({
      state: 'ready',
      failures: 0,
      attempts: [{ outcome: 'released', reason: 'it takes too long' }],
    });
    expect(world.refusal('ann', { type: 'task.renew', taskId, token: lost }).code).toBe('LEASE_LOST');
    const again = world.refusal('owner', { type: 'task.force_release', taskId, reason: 'again' });
    expect([again.code, again.message]).toEqual(['WRONG_STATE', '"a" can\'t be taken back: it is ready']);
  });

  it('is given to another member, who alone may take it then', () => {
    const world = held();
    const taskId = world.task('a').id;
    world.online('bob');
    const memberId = world.member('bob').id;
    const events = world.do('owner', { type: 'task.reassign', taskId, memberId, reason: 'bob knows it' });
    expect(typesOf(events)).toEqual(['task.released', 'task.assigned']);
    expect(world.claim('ann')).toBeNull();
    expect(world.claim('bob')?.attempts.map(({ reason }) => reason)).toEqual(['bob knows it', null]);
    const same = world.do('owner', { type: 'task.reassign', taskId, memberId, reason: 'still' });
    expect(same).toEqual([]);
  });

  it('stays with them when the other may not take it', () => {
    const world = held();
    const taskId = world.task('a').id;
    const memberId = world.member('gina').id;
    const refusal = world.refusal('owner', { type: 'task.reassign', taskId, memberId, reason: 'x' });
    expect(refusal.code).toBe('NOT_ENTITLED');
    expect(world.task('a').state).toBe('leased');
  });

  it('is reassigned like any other while it waits, and not once it is over', () => {
    const world = company();
    create(world, 'a');
    const taskId = world.task('a').id;
    const memberId = world.member('bob').id;
    const reassign = { type: 'task.reassign', taskId, memberId, reason: 'x' } as const;
    expect(typesOf(world.do('owner', reassign))).toEqual(['task.assigned']);
    world.do('owner', { type: 'task.cancel', taskId, reason: 'no' });
    expect(world.refusal('owner', reassign).code).toBe('WRONG_STATE');
  });
});
