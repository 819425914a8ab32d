/** An epic from its routing to its end. */
import { describe, expect, it } from 'vitest';
import { progressOf } from '../../../src/core/epic/progress.ts';
import type { WorkflowFileInput } from '../companies.ts';
import { company } from '../companies.ts';
import { only, typesOf } from '../kit.ts';

const diamond: WorkflowFileInput = {
  name: 'diamond',
  version: 3,
  priority: 'HIGH',
  steps: [
    { id: 1, title: 'Top', role: 'pm' },
    { id: 2, title: 'Left', role: 'engineer', depends_on: [1], complexity: 3 },
    {
      id: 3,
      title: 'Right',
      role: 'qa_eng',
      depends_on: [1],
      gates: [{ name: 'check', position: 'after', requires: { qa_lead: 1 } }],
    },
    { id: 4, title: 'Bottom', role: 'growth', depends_on: [2, 3], complexity: 5 },
  ],
};

const routed = (more: Parameters<ReturnType<typeof company>['route']>[1] = {}) => {
  const world = company({ workflows: [diamond] });
  world.route('diamond', more);
  return world;
};

describe('an epic', () => {
  it('becomes a story with a task for each step and a gate for each gate', () => {
    const world = routed();
    expect(world.epic()).toMatchObject({
      title: 'An epic',
      workflow: { name: 'diamond', version: 3 },
      priority: 'HIGH',
      state: 'pending',
      createdBy: world.member('owner').id,
    });
    expect(world.state.stories.dump()).toMatchObject([{ title: 'An epic', epicId: world.epic().id }]);
    expect(world.task('Bottom').dependsOn).toEqual([world.task('Left').id, world.task('Right').id]);
    expect(world.gate('check')).toMatchObject({ taskId: world.task('Right').id, state: 'pending' });
    expect(world.state.tasks.dump().map(({ title, state }) => [title, state])).toEqual([
      ['Top', 'ready'],
      ['Left', 'blocked'],
      ['Right', 'blocked'],
      ['Bottom', 'blocked'],
    ]);
  });

  it('fans out and in, and is completed with its last step', () => {
    const world = routed();
    expect(typesOf(world.do('pablo', { type: 'task.claim' }))).toEqual(['task.claimed', 'epic.started']);
    const { lease, id } = world.task('Top');
    const done = {
      taskId: id,
      token: lease?.token ?? 0,
      artifacts: [{ hash: 'a'.repeat(64), path: 'a', bytes: 1 }],
    };
    const readied = world
      .do('pablo', { type: 'task.complete', ...done })
      .flatMap((event) => (event.type === 'task.readied' ? [event.taskId] : []));
    expect(readied).toEqual([world.task('Left').id, world.task('Right').id]);
    world.finish('ann', 'Left');
    world.finish('tara', 'Right');
    expect(world.task('Bottom').state).toBe('blocked');
    world.review('quentin', 'check');
    expect(world.task('Bottom').state).toBe('ready');
    expect(typesOf(world.finish('gina', 'Bottom')).slice(-1)).toEqual(['epic.completed']);
    expect(world.epic()).toMatchObject({ state: 'completed', endedAt: world.now });
  });

  it('weighs its progress by complexity, and counts no reviews', () => {
    const world = routed();
    expect(progressOf(world.state, world.epic().id)).toEqual({ progress: 0, done: 0, total: 4 });
    world.finish('pablo', 'Top');
    world.finish('ann', 'Left');
    world.finish('tara', 'Right');
    expect(world.reviews('check')).toHaveLength(1);
    expect(progressOf(world.state, world.epic().id)).toEqual({ progress: 0.4, done: 2, total: 4 });
  });

  it('passes through the workflow once for each story', () => {
    const world = routed({ stories: ['One', 'Two'] });
    expect(world.state.stories.dump().map(({ title }) => title)).toEqual(['One', 'Two']);
    expect(world.state.tasks.dump().filter(({ state }) => state === 'ready')).toHaveLength(2);
  });

  it('keeps the workflow that it was routed by', () => {
    const world = routed();
    const shorter = { ...diamond, version: 4, steps: diamond.steps.slice(0, 1) };
    world.do('owner', { type: 'workflow.define', workflow: shorter });
    world.finish('pablo', 'Top');
    expect(world.epic().state).toBe('in_progress');
  });
});

describe('routing is refused', () => {
  it('through a workflow that is not there, naming those that are', () => {
    const world = company({ workflows: [diamond] });
    const refusal = world.refusal('owner', { type: 'epic.create', title: 'x', workflow: 'dimond' });
    expect([refusal.code, refusal.message]).toEqual([
      'NOT_FOUND',
      expect.stringMatching(/did you mean `diamond`/),
    ]);
  });

  it('when it could never finish, with every reason and its repair, unless forced', () => {
    const world = company({ staff: { product: [{ name: 'pablo', role: 'pm' }] }, workflows: [diamond] });
    const create = { type: 'epic.create', title: 'x', workflow: 'diamond' } as const;
    const refusal = world.refusal('owner', create);
    expect(refusal.code).toBe('EPIC_UNSATISFIABLE');
    expect(refusal.message).toMatch(/Left.*Right.*Bottom/s);
    expect(refusal.details).toMatchObject({ report: { finishable: false } });
    expect(only(world.do('owner', { ...create, force: true }), 'epic.created').forced).toBe(true);
  });

  it('does not say that it was forced when that was not needed', () => {
    const world = company({ workflows: [diamond] });
    const events = world.do('owner', { type: 'epic.create', title: 'x', workflow: 'diamond', force: true });
    expect(only(events, 'epic.created').forced).toBe(false);
  });
});

it('is blocked for every reason there is, until the last one is gone', () => {
  const world = company({ workflows: [diamond], policy: { max_attempts: 1 } });
  world.route('diamond');
  world.finish('pablo', 'Top');
  world.finish('tara', 'Right');
  world.sign('owner', 'check', 'veto', { note: 'no' });
  const { id, lease } = world.claim('ann', 'Left') ?? {};
  world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason: 'it broke' });
  expect(world.epic().reason).toBe('"Left" failed 1 times, last: it broke; gate check was vetoed: no');
  world.do('owner', { type: 'task.retry', taskId: id ?? '' });
  expect(world.epic()).toMatchObject({ state: 'blocked', reason: 'gate check was vetoed: no' });
  world.do('owner', {
    type: 'gate.arbitrate',
    gateId: world.gate('check').id,
    ruling: 'resume',
    note: 'yes',
  });
  expect(world.epic()).toMatchObject({ state: 'in_progress', reason: null });
});

describe('an epic whose first step is cancelled after its text was turned down', () => {
  it('does not ask for another text any more', () => {
    const gate = { name: 'brief', position: 'before', requires: { pm: 1 } } as const;
    const steps = [{ id: 's', title: 'work', role: 'engineer', gates: [gate] }];
    const world = company({ workflows: [{ name: 'short', steps }] });
    world.route('short');
    world.sign('owner', 'brief', 'request_changes');
    expect(world.epic().reason).toContain('revise it');
    world.do('owner', { type: 'task.cancel', taskId: world.task('work').id, reason: 'not wanted' });
    expect(world.epic().reason).toBe('"work" was cancelled, so nobody can finish this epic');
  });
});

describe('the text of an epic of two stories, each with a gate before it', () => {
  const given = () => {
    const gates = [{ name: 'brief', position: 'before' as const, requires: { pm: 1 } }];
    const steps = [{ id: 'a', title: 'Start', role: 'engineer', gates }];
    const world = company({ workflows: [{ name: 'gated', steps }] });
    const epicId = world.route('gated', { stories: ['One', 'Two'] });
    const [first, second] = world.state.gates.dump();
    const sign = (gate: typeof first, decision: 'approve' | 'request_changes') =>
      world.do('owner', {
        type: 'gate.sign',
        gateId: gate?.id ?? '',
        decision,
        note: 'too vague',
        artifactHash: gate?.artifactHash ?? '',
      });
    const revise = { type: 'epic.revise', epicId, title: 'Another', description: '' } as const;
    return { world, first, second, sign, revise };
  };

  it('stays as it was approved for the first one, while the second one waits', () => {
    const { world, first, second, sign, revise } = given();
    sign(first, 'approve');
    expect(world.refusal('owner', revise).code).toBe('WRONG_STATE');
    expect(world.epic().title).toBe('An epic');
    sign(second, 'approve');
    expect(world.state.tasks.dump().filter(({ state }) => state === 'ready')).toHaveLength(2);
  });

  it('can be revised as long as neither has begun', () => {
    const { world, second, sign, revise } = given();
    sign(second, 'request_changes');
    expect(world.epic().reason).toMatch(/revise it: too vague/);
    world.do('owner', revise);
    expect(world.state.gates.dump().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  });

  it.each(['approved and then turned down', 'turned down and then approved'])(
    'can only be given up when it is %s',
    (order) => {
      const { world, first, second, sign, revise } = given();
      const verdicts = [() => sign(first, 'approve'), () => sign(second, 'request_changes')];
      for (const verdict of order.startsWith('approved') ? verdicts : verdicts.reverse()) verdict();
      expect(world.epic()).toMatchObject({
        state: 'blocked',
        reason: 'gate brief turned down a text that other work builds on, cancel the epic: too vague',
      });
      expect(world.refusal('owner', revise).message).toMatch(/cancel the epic/);
    },
  );
});
