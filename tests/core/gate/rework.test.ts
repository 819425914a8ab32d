/** Rejection, rework, vetoes: what goes back to whom, and which sign-offs still count. */
import { describe, expect, it } from 'vitest';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { seconds } from '../../../src/core/units.ts';
import type { Staff, WorkflowFileInput } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact, only, sha256, typesOf } from '../kit.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};

const workflow: WorkflowFileInput = {
  name: 'two_steps',
  steps: [
    {
      id: 'build',
      title: 'Build',
      role: 'engineer',
      gates: [
        { name: 'code', position: 'after', requires: { em: 1 } },
        { name: 'product', position: 'after', requires: { pm: 1, vp_product: 1 } },
      ],
    },
    { id: 'words', title: 'Words', role: 'content' },
    {
      id: 'ship',
      title: 'Ship',
      role: 'sre',
      depends_on: ['build', 'words'],
      gates: [{ name: 'go', position: 'before', requires: { em: 1, qa_lead: 1 } }],
    },
  ],
};

function built(): World {
  const world = company({ staff, workflows: [workflow] });
  world.route('two_steps');
  world.finish('ann', 'Build', 'first try');
  return world;
}

/** Both inputs of the last step are done, and its gate waits. */
function beforeShipping(): World {
  const world = built();
  world.sign('hera', 'code');
  world.sign('owner', 'product');
  world.review('vera', 'product');
  world.finish('cole', 'Words', 'words');
  expect(world.gate('go').state).toBe('waiting');
  return world;
}

describe('work that a gate rejects', () => {
  it('goes back to its assignee with the note, and to nobody else while they are there', () => {
    const world = built();
    const events = world.sign('hera', 'code', 'request_changes', { note: 'no tests' });
    expect(only(events, 'task.sent_back').note).toMatchObject({
      gateName: 'code',
      by: world.member('hera').id,
      note: 'no tests',
      artifactHash: sha256('first try'),
    });
    expect(world.task('Build')).toMatchObject({
      state: 'ready',
      assigneeId: world.member('ann').id,
      reserved: true,
    });
    expect(world.claim('bob')).toBeNull();
    expect(world.claim('ann')?.title).toBe('Build');
  });

  it('withdraws the other gates and cancels their reviews', () => {
    const world = built();
    const events = world.sign('hera', 'code', 'request_changes');
    expect(typesOf(events)).toEqual([
      'gate.rejected',
      'task.cancelled',
      'task.sent_back',
      'gate.withdrawn',
      'task.cancelled',
      'task.cancelled',
    ]);
    expect(world.refusal('owner', world.signing('product')).code).toBe('GATE_NOT_WAITING');
  });

  it('voids the sign-offs when it comes back different', () => {
    const world = built();
    world.sign('owner', 'product');
    world.sign('hera', 'code', 'request_changes');
    world.finish('ann', 'Build', 'second try');
    expect(world.gate('product')).toMatchObject({
      state: 'waiting',
      signOffs: [],
      artifactHash: sha256('second try'),
    });
  });

  it('keeps them when it comes back the same', () => {
    const world = built();
    world.sign('owner', 'product', 'approve', { roleId: 'pm' });
    world.sign('hera', 'code', 'request_changes');
    world.finish('ann', 'Build', 'first try');
    expect(world.gate('product').signOffs.map(({ roleId }) => roleId)).toEqual(['pm']);
    expect(world.gate('code')).toMatchObject({ state: 'waiting', signOffs: [], refusal: null });
  });

  it('leaves a gate that is open for the same artifact open, and closes it for another', () => {
    const world = built();
    world.sign('hera', 'code');
    world.sign('owner', 'product', 'request_changes');
    expect(world.gate('code').state).toBe('open');
    world.finish('ann', 'Build', 'first try');
    expect(world.gate('code').state).toBe('open');
    world.sign('owner', 'product', 'request_changes');
    // The same result was rejected twice, so somebody has to say that it is worth another try.
    world.do('owner', { type: 'task.retry', taskId: world.task('Build').id });
    world.finish('ann', 'Build', 'second try');
    expect(world.gate('code')).toMatchObject({ state: 'waiting', signOffs: [] });
  });

  it('voids the sign-off of whoever then hands in the same themselves', () => {
    const world = built();
    world.sign('hera', 'code');
    world.sign('owner', 'product', 'request_changes');
    world.do('owner', {
      type: 'task.assign',
      taskId: world.task('Build').id,
      memberId: world.member('hera').id,
    });
    world.finish('hera', 'Build', 'first try');
    expect(world.gate('code')).toMatchObject({ state: 'waiting', signOffs: [] });
  });

  it('wakes its assignee, and goes to anybody who may take it when they do not come', () => {
    const world = built();
    world.sign('hera', 'code', 'request_changes');
    const workerId = world.online('ann');
    world.do({ kind: 'host' }, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'idle' });
    expect(world.claim('bob')).toBeNull();
    world.pass(seconds(5));
    expect(world.claim('bob')?.title).toBe('Build');
  });
});

describe('whoever handed the work in before', () => {
  it('may not sign what another hands in after them, and the work says so when nobody else could', () => {
    const given = oneGate({ name: 'check', position: 'after', requires: { em: 1 } });
    const world = company({ staff, workflows: [given] });
    world.route('one_gate');
    const taskId = world.task('Work').id;
    const assign = (name: string) =>
      world.do('owner', { type: 'task.assign', taskId, memberId: world.member(name).id });
    assign('hera');
    world.finish('hera', 'Work', 'first');
    world.sign('owner', 'check', 'request_changes');
    assign('ann');
    world.finish('ann', 'Work', 'second');
    expect(world.gate('check').authors).toEqual([world.member('ann').id, world.member('hera').id]);
    expect(world.refusal('hera', world.signing('check')).code).toBe('SELF_APPROVAL');
    expect(waitingBecause(world.state, world.task('Work'), world.now)).toBe('waits at gate check for em');
    world.sign('owner', 'check', 'request_changes');
    assign('owner');
    world.finish('owner', 'Work', 'third');
    for (const name of ['emma', 'victor'])
      world.do('owner', { type: 'member.remove', memberId: world.member(name).id });
    expect(waitingBecause(world.state, world.task('Work'), world.now)).toBe(
      'waits at gate check for em, but all who may sign as em worked on it: hera and owner',
    );
  });
});

describe('a gate before a step', () => {
  it('is asked about what all the steps before it handed in', () => {
    const world = beforeShipping();
    const lines = `${sha256('first try')}  result.md\n${sha256('words')}  result.md\n`.split('\n').sort();
    expect(world.gate('go')).toMatchObject({
      artifactHash: sha256(`${lines.slice(1).join('\n')}\n`),
      authors: [world.member('ann').id, world.member('cole').id],
    });
  });

  it('sends all of them back when it rejects, and is asked again about the new ones', () => {
    const world = beforeShipping();
    const before = world.gate('go').artifactHash;
    const events = world.sign('hera', 'go', 'request_changes');
    expect(events.filter(({ type }) => type === 'task.sent_back')).toHaveLength(2);
    world.finish('cole', 'Words', 'better words');
    world.finish('ann', 'Build', 'first try');
    expect(world.task('Build').state).toBe('done');
    expect(world.gate('go').state).toBe('waiting');
    expect(world.gate('go').artifactHash).not.toBe(before);
  });

  it('lets the step start once it is open', () => {
    const world = beforeShipping();
    expect(world.claim('rita')).toBeNull();
    world.sign('hera', 'go');
    expect(typesOf(world.review('quentin', 'go')).slice(-1)).toEqual(['task.readied']);
    expect(world.claim('rita')?.title).toBe('Ship');
  });
});

describe('a gate before a first step', () => {
  const given = (): World => {
    const gates = [{ name: 'brief', position: 'before' as const, requires: { pm: 1 } }];
    const steps = [{ id: 'a', title: 'Start', role: 'engineer', gates }];
    const world = company({ staff, workflows: [{ name: 'gated', steps }] });
    world.route('gated', { description: 'the text' });
    return world;
  };

  it('is asked about the text of the epic', () => {
    expect(given().gate('brief').artifactHash).toBe(sha256('An epic\nthe text'));
  });

  it('blocks the epic when it rejects, until it is revised', () => {
    const world = given();
    expect(typesOf(world.sign('owner', 'brief', 'request_changes', { note: 'too vague' }))).toContain(
      'epic.blocked',
    );
    expect(world.epic().reason).toBe('gate brief turned the epic down, revise it: too vague');
    const revision = {
      type: 'epic.revise',
      epicId: world.epic().id,
      title: 'Better',
      description: 'clear',
    } as const;
    const events = world.do('owner', revision);
    expect(typesOf(events)).toEqual(['epic.revised', 'gate.asked', 'epic.unblocked', 'task.created']);
    expect(world.epic()).toMatchObject({ title: 'Better', state: 'pending', reason: null });
    expect(world.gate('brief').artifactHash).toBe(sha256('Better\nclear'));
    expect(world.do('owner', revision)).toEqual([]);
  });

  it('voids what was signed for the old text, and refuses a new one once the work began', () => {
    const world = given();
    const epicId = world.epic().id;
    world.do('owner', { type: 'epic.revise', epicId, title: 'Better', description: '' });
    expect(world.gate('brief')).toMatchObject({ state: 'waiting', signOffs: [] });
    world.sign('owner', 'brief');
    const late = { type: 'epic.revise', epicId, title: 'Other', description: '' } as const;
    expect(world.refusal('owner', late).code).toBe('WRONG_STATE');
  });
});

describe('a veto', () => {
  const vetoed = (): World => {
    const world = built();
    world.sign('hera', 'code', 'veto', { note: 'never' });
    return world;
  };

  it('stops the task, its other gates and the epic', () => {
    const world = vetoed();
    expect(world.task('Build').state).toBe('awaiting_gate');
    expect(world.gate('product').state).toBe('pending');
    expect(world.epic()).toMatchObject({ state: 'blocked', reason: 'gate code was vetoed: never' });
    expect(world.refusal('owner', world.signing('code')).message).toMatch(/arbitrate conflicts/);
  });

  it('is lifted by a ruling to resume: the gates wait again for the same work', () => {
    const world = vetoed();
    const gateId = world.gate('code').id;
    world.do('owner', { type: 'gate.arbitrate', gateId, ruling: 'resume', note: 'go on' });
    expect(world.epic().state).toBe('in_progress');
    expect([world.gate('code').state, world.gate('product').state]).toEqual(['waiting', 'waiting']);
    world.sign('hera', 'code');
    expect(world.gate('code').state).toBe('open');
  });

  it('becomes a rejection by a ruling to rework', () => {
    const world = vetoed();
    const gateId = world.gate('code').id;
    world.do('owner', { type: 'gate.arbitrate', gateId, ruling: 'rework', note: 'start over' });
    expect(world.task('Build')).toMatchObject({ state: 'ready', notes: [{ note: 'start over' }] });
    expect(world.epic().state).toBe('in_progress');
  });

  it('is lifted only by those who may, and only where there is one', () => {
    const world = vetoed();
    const gateId = world.gate('code').id;
    const ruling = { type: 'gate.arbitrate', gateId, ruling: 'resume', note: 'go on' } as const;
    expect(world.refusal('hera', ruling).message).toMatch(/arbitrate_conflicts/);
    world.do('owner', ruling);
    expect(world.refusal('owner', ruling).code).toBe('WRONG_STATE');
  });
});

describe('an epic that is cancelled', () => {
  it('takes everything with it that is not over', () => {
    const world = beforeShipping();
    const review = world.claim('emma');
    world.do('owner', { type: 'epic.cancel', epicId: world.epic().id, reason: 'no money' });
    expect(world.epic()).toMatchObject({ state: 'cancelled', reason: 'no money', endedAt: world.now });
    expect(world.task('Ship').state).toBe('cancelled');
    expect(world.task('Build').state).toBe('done');
    expect(world.gate('go').state).toBe('cancelled');
    expect(world.gate('code').state).toBe('open');
    const answer = { type: 'task.answer', taskId: review?.id ?? '', decision: 'approve' } as const;
    expect(world.refusal('emma', { ...answer, token: review?.lease?.token ?? 0 }).code).toBe('LEASE_LOST');
    const again = { type: 'epic.cancel', epicId: world.epic().id, reason: 'no' } as const;
    expect(world.refusal('owner', again).code).toBe('WRONG_STATE');
  });

  it('does not take in late work', () => {
    const world = built();
    world.sign('hera', 'code', 'request_changes');
    const task = world.claim('ann');
    world.do('owner', { type: 'epic.cancel', epicId: world.epic().id, reason: 'no' });
    const held = { taskId: task?.id ?? '', token: task?.lease?.token ?? 0 };
    const late = { type: 'task.complete', ...held, artifacts: [artifact('x')] } as const;
    expect(world.refusal('ann', { ...late, artifacts: [artifact('x')] }).code).toBe('LEASE_LOST');
  });
});
