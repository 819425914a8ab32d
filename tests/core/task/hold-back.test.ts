/** Nobody begins or goes on with a result that was sent back, or that the gates before a step have not opened for. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/core/units.ts';
import type { WorkflowFileInput } from '../companies.ts';
import { company, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact, only, sha256, typesOf } from '../kit.ts';

const workflow: WorkflowFileInput = {
  name: 'shared_plan',
  steps: [
    { id: 1, title: 'Plan', role: 'pm' },
    {
      id: 2,
      title: 'Build',
      role: 'engineer',
      depends_on: [1],
      gates: [
        { name: 'g2', position: 'before', requires: { em: 1 } },
        { name: 'after', position: 'after', requires: { em: 1 } },
      ],
    },
    {
      id: 3,
      title: 'Words',
      role: 'content',
      depends_on: [1],
      gates: [{ name: 'g3', position: 'before', requires: { vp_marketing: 1 } }],
    },
  ],
};

/** The plan "A" is done, and Build may begin with it. */
function planned(): World {
  const world = company({ staff: scaleup, workflows: [workflow] });
  world.route('shared_plan');
  world.finish('pablo', 'Plan', 'A');
  world.sign('owner', 'g2');
  expect(world.task('Build').state).toBe('ready');
  return world;
}

/** Both gates ask about the plan "B", and only then does Build begin. */
function expectAskedAboutB(world: World): void {
  expect(world.task('Build').state).toBe('blocked');
  expect(world.gate('g2')).toMatchObject({ state: 'waiting', signOffs: [], artifactHash: sha256('B') });
  expect(world.claim('ann')).toBeNull();
  world.sign('owner', 'g2');
  expect(world.claim('ann')?.title).toBe('Build');
}

describe('a task whose input is sent back', () => {
  it('is held while it is ready, and its gates are asked about what comes instead', () => {
    const world = planned();
    const events = world.sign('owner', 'g3', 'request_changes');
    expect(only(events, 'task.held')).toMatchObject({
      taskId: world.task('Build').id,
      reason: 'its input was sent back: “Plan” is being reworked',
    });
    expect(world.task('Build')).toMatchObject({ state: 'blocked', readyAt: null });
    expect(world.claim('ann')).toBeNull();
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });

  it('is held also where no gate stands before it', () => {
    const [plan, build, words] = workflow.steps;
    if (!plan || !build || !words) throw new Error('three steps');
    const steps = [plan, build, { ...words, gates: [] }];
    const world = company({ workflows: [{ ...workflow, steps }] });
    world.route('shared_plan');
    world.finish('pablo', 'Plan', 'A');
    world.sign('owner', 'g2', 'request_changes');
    expect(world.claim('cole')).toBeNull();
    world.finish('pablo', 'Plan', 'B');
    expect(world.claim('cole')?.title).toBe('Words');
  });

  it('is taken back from whoever works on it, which is no failure', () => {
    const world = planned();
    const held = world.claim('ann', 'Build');
    const events = world.sign('owner', 'g3', 'request_changes');
    expect(only(events, 'task.released').reason).toMatch(/input was sent back/);
    expect(world.task('Build')).toMatchObject({
      state: 'blocked',
      failures: 0,
      attempts: [{ outcome: 'released' }],
    });
    const late = { taskId: held?.id ?? '', token: held?.lease?.token ?? 0, artifacts: [artifact('x')] };
    expect(world.refusal('ann', { type: 'task.complete', ...late }).code).toBe('LEASE_LOST');
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });

  it('goes on at once when the same comes back', () => {
    const world = planned();
    world.sign('owner', 'g3', 'request_changes');
    expect(typesOf(world.finish('pablo', 'Plan', 'A'))).toContain('task.readied');
    expect(world.claim('ann')?.title).toBe('Build');
  });

  it('keeps what it handed in, but is reworked only with what comes instead', () => {
    const world = planned();
    world.finish('ann', 'Build', 'built with A');
    world.sign('owner', 'g3', 'request_changes');
    expect(world.task('Build').state).toBe('awaiting_gate');
    world.sign('owner', 'after', 'request_changes');
    expect(world.task('Build').state).toBe('blocked');
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });

  it('is held when its retry comes due meanwhile', () => {
    const world = planned();
    const { id, lease } = world.claim('ann', 'Build') ?? {};
    world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason: 'it broke' });
    world.sign('owner', 'g3', 'request_changes');
    world.pass(seconds(60));
    expect(world.task('Build')).toMatchObject({ state: 'blocked', retryAt: null });
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });

  it('asks its gates when its retry comes due after the rework', () => {
    const world = planned();
    const { id, lease } = world.claim('ann', 'Build') ?? {};
    world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason: 'it broke' });
    world.sign('owner', 'g3', 'request_changes');
    world.finish('pablo', 'Plan', 'B');
    world.pass(seconds(60));
    expectAskedAboutB(world);
  });

  it('is held when it is retried or gets its budget meanwhile', () => {
    const world = planned();
    const { id, lease } = world.claim('ann', 'Build') ?? {};
    const taskId = id ?? '';
    world.do('owner', { type: 'budget.set', scope: { kind: 'company' }, tokens: 10 });
    const call = { taskId, token: lease?.token ?? 0, tokens: 11, money: 0 };
    world.do('ann', { type: 'task.await_budget', ...call });
    world.sign('owner', 'g3', 'request_changes');
    world.do('owner', { type: 'budget.set', scope: { kind: 'company' }, tokens: null });
    expect(world.task('Build')).toMatchObject({ state: 'blocked', awaitsBudget: null });
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });
});

describe('a task that has failed', () => {
  it('waits for its input when it is retried while that is reworked', () => {
    const world = company({ workflows: [workflow], policy: { max_attempts: 1 } });
    world.route('shared_plan');
    world.finish('pablo', 'Plan', 'A');
    world.sign('owner', 'g2');
    const { id, lease } = world.claim('ann', 'Build') ?? {};
    world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason: 'it broke' });
    world.sign('owner', 'g3', 'request_changes');
    world.do('owner', { type: 'task.retry', taskId: id ?? '' });
    expect(world.task('Build').state).toBe('blocked');
    world.finish('pablo', 'Plan', 'B');
    expectAskedAboutB(world);
  });
});
