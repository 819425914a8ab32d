/** A question about a task: the task waits and holds nobody, and goes on with the answer, whoever gives it. */
import { describe, expect, it } from 'vitest';
import { forgetOldest } from '../../../src/core/forget.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { touchesAround } from '../../../src/core/touches.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { only } from '../kit.ts';

function asking(to: string): { world: World; taskId: string } {
  const world = company();
  world.do('owner', { type: 'task.create', title: 'Paint', roleId: 'engineer' });
  const { id: taskId = '', lease } = world.claim('ann', 'Paint') ?? {};
  const held = { taskId, token: lease?.token ?? 0 };
  world.do('ann', { type: 'task.ask', ...held, to: world.member(to).id, question: 'Which colour?' });
  return { world, taskId };
}

describe('a question to a person', () => {
  it('leaves the task blocked, without a lease and without a failure, and its asker free', () => {
    const { world } = asking('owner');
    const task = world.task('Paint');
    expect(task).toMatchObject({ state: 'blocked', lease: null, failures: 0, retryAt: null });
    expect(waitingBecause(world.state, task, world.now)).toBe('asked owner: “Which colour?”');
    world.do('owner', { type: 'task.create', title: 'Other', roleId: 'engineer' });
    expect(world.claim('ann')?.title).toBe('Other');
  });

  it('is answered by them, and the task is kept for whoever asked', () => {
    const { world, taskId } = asking('owner');
    world.do('owner', { type: 'task.answer_question', taskId, text: 'Blue' });
    expect(world.task('Paint')).toMatchObject({
      state: 'ready',
      reserved: true,
      questions: [{ answer: { text: 'Blue' } }],
    });
    expect(world.refusal('owner', { type: 'task.answer_question', taskId, text: 'Red' }).code).toBe(
      'WRONG_STATE',
    );
    expect(world.claim('bob')).toBeNull();
    expect(world.claim('ann')?.title).toBe('Paint');
  });

  it('keeps nobody from cancelling the task', () => {
    const { world, taskId } = asking('owner');
    world.do('owner', { type: 'task.cancel', taskId, reason: 'no' });
    expect(world.refusal('owner', { type: 'task.answer_question', taskId, text: 'Blue' }).code).toBe(
      'WRONG_STATE',
    );
  });

  it('survives a snapshot', () => {
    const { world, taskId } = asking('owner');
    const twin = world.restored();
    twin.do('owner', { type: 'task.answer_question', taskId, text: 'Blue' });
    expect(twin.task('Paint').state).toBe('ready');
  });
});

describe('a question to an agent', () => {
  const title = 'Answer ann: Which colour?';

  it('is a task of theirs, and what they hand in is the answer', () => {
    const { world } = asking('dora');
    expect(world.task(title)).toMatchObject({ state: 'ready', assigneeId: world.member('dora').id });
    world.finish('dora', title, 'green');
    const [question] = world.task('Paint').questions;
    expect(question?.answer).toMatchObject({
      by: world.member('dora').id,
      artifacts: [{ path: 'result.md' }],
    });
    expect(world.task('Paint').state).toBe('ready');
  });

  it('that fails for good is told as such', () => {
    const { world } = asking('dora');
    world.do('owner', { type: 'task.cancel', taskId: world.task(title).id, reason: 'dora is ill' });
    expect(world.task('Paint')).toMatchObject({ state: 'ready' });
    expect(world.task('Paint').questions[0]?.answer?.text).toMatch(/There is no answer/);
  });

  it('can’t be passed on to a third agent', () => {
    const { world } = asking('dora');
    const { id: taskId = '', lease } = world.claim('dora', title) ?? {};
    const ask = { type: 'task.ask', taskId, token: lease?.token ?? 0, question: 'You?' } as const;
    expect(world.refusal('dora', { ...ask, to: world.member('ann').id }).code).toBe('WRONG_STATE');
    expect(world.refusal('dora', { ...ask, to: world.member('dora').id }).code).toBe('BAD_INPUT');
    world.do('dora', { ...ask, to: world.member('owner').id });
  });

  it('is taken back when a person answers before', () => {
    const { world, taskId } = asking('dora');
    world.do('owner', { type: 'task.answer_question', taskId, text: 'Blue' });
    expect(world.task(title).state).toBe('cancelled');
    expect(world.task('Paint').state).toBe('ready');
  });
});

describe('the parts of a task', () => {
  function dividing(parts: readonly { title: string; roleId?: string; after?: number[] }[]) {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'Whole', roleId: 'em' });
    const { id: taskId = '', lease } = world.claim('emma', 'Whole') ?? {};
    const held = { taskId, token: lease?.token ?? 0 };
    const divide = () =>
      world.do('emma', {
        type: 'task.divide',
        ...held,
        parts: parts.map((part) => ({ roleId: 'engineer', ...part })),
      });
    return { world, held, divide };
  }

  it('are waited for together, each by whoever may do it, in their order', () => {
    const { world, held, divide } = dividing([{ title: 'A' }, { title: 'B', after: [1] }]);
    divide();
    world.do('emma', { type: 'task.await_parts', ...held });
    expect(waitingBecause(world.state, world.task('Whole'), world.now)).toBe(
      'waits for its parts: “A” and “B”',
    );
    expect(world.task('B').state).toBe('blocked');
    world.finish('ann', 'A');
    expect(world.task('Whole').state).toBe('blocked');
    const { id, lease } = world.claim('bob', 'B') ?? {};
    const failed = world.do('bob', {
      type: 'task.fail',
      taskId: id ?? '',
      token: lease?.token ?? 0,
      reason: 'broken',
    });
    // Two hosts that each end the last part but one must not both leave the whole waiting.
    const ended = only(failed, 'task.attempt_failed');
    expect(touchesAround(world.state, ended)).toContain(`task:${held.taskId}`);
    world.do('owner', { type: 'task.cancel', taskId: id ?? '', reason: 'not needed' });
    expect(world.task('Whole').state).toBe('ready');
  });

  it('are done before the whole is', () => {
    const { world, held, divide } = dividing([{ title: 'A' }]);
    divide();
    const complete = { type: 'task.complete' as const, ...held, artifacts: [] };
    expect(world.refusal('emma', complete).message).toMatch(/its parts "A" are not done/);
    world.finish('ann', 'A');
    world.do('emma', complete);
  });

  it('stay for as long as the whole needs them', () => {
    const { world, divide } = dividing([{ title: 'A' }]);
    divide();
    world.finish('ann', 'A');
    forgetOldest(world.state, { tasks: 0 });
    expect(world.task('A').state).toBe('done');
  });

  it('are for those whom the lead leads', () => {
    const { divide } = dividing([{ title: 'A', roleId: 'pm' }]);
    expect(divide).toThrow(/none of those whom emma leads may take it/);
    const { world } = dividing([]);
    world.do('owner', { type: 'task.create', title: 'B', roleId: 'engineer' });
    const { id: taskId = '', lease } = world.claim('ann', 'B') ?? {};
    const parts = [{ title: 'C', roleId: 'engineer' }];
    const refusal = world.refusal('ann', { type: 'task.divide', taskId, token: lease?.token ?? 0, parts });
    expect(refusal).toMatchObject({ code: 'NOT_ENTITLED' });
    expect(refusal.message).toContain('ann leads nobody');
  });

  it('go with the whole when it is cancelled', () => {
    const { world, held, divide } = dividing([{ title: 'A' }]);
    divide();
    world.do('owner', { type: 'task.cancel', taskId: held.taskId, reason: 'no' });
    expect(world.task('A').state).toBe('cancelled');
  });
});

describe('an agent that rests', () => {
  it('claims nothing before the time, and goes on by itself', () => {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'Paint', roleId: 'designer' });
    const until = world.now + 60_000;
    world.do('dora', { type: 'member.rest', reason: 'no quota', until });
    const claim = { type: 'task.claim', taskId: world.task('Paint').id } as const;
    const { code, message } = world.refusal('dora', claim);
    expect(code).toBe('PAUSED');
    expect(message).toContain('dora rests: no quota; dora goes on by itself');
    world.pass(60_000 as never);
    expect(world.claim('dora')?.title).toBe('Paint');
  });

  it.each([
    ['the past', -1],
    ['next month', 30 * 86_400_000],
  ])('does not rest until %s', (_when, away) => {
    const world = company();
    const rest = { type: 'member.rest', reason: 'r', until: world.now + away } as const;
    expect(world.refusal('dora', rest).code).toBe('BAD_INPUT');
  });

  it('that somebody paused stays paused', () => {
    const world = company();
    world.do('owner', { type: 'member.pause', memberId: world.member('dora').id, reason: 'a new model' });
    expect(world.do('dora', { type: 'member.rest', reason: 'r', until: world.now + 5 })).toEqual([]);
    world.pass(10 as never);
    expect(world.member('dora').pause).toMatchObject({ reason: 'a new model' });
  });
});
