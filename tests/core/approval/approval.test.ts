/** Approvals outside workflows: who may ask for what, how they are given, and how they end. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { submissionHash } from '../../../src/core/task/submission.ts';
import { minutes } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact, only, sha256, typesOf } from '../kit.ts';

type Request = Extract<CommandInput, { type: 'approval.request' }>;

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};
const newWorld = (): World => company({ staff });

const context = 'Prices rise by 5 % – to 10 €.';

function ask(world: World, who: string, more: Partial<Request> | object = {}) {
  const request = { type: 'approval.request', title: 'New prices', context, roles: { em: 1 }, ...more };
  return world.do(who, request as CommandInput);
}

/** The refusal of a request. */
function refused(who: string, more: object) {
  const request = { type: 'approval.request', title: 'New prices', context, roles: { em: 1 }, ...more };
  return newWorld().refusal(who, request as CommandInput);
}

describe('an approval', () => {
  it('waits like a gate, for what is shown, and stands in no workflow', () => {
    const world = newWorld();
    const events = ask(world, 'ann', { roles: { em: 1, qa_lead: 1 }, timeout: minutes(5) });
    expect(typesOf(events)).toEqual(['approval.requested', 'gate.asked', 'task.created', 'task.created']);
    const ann = world.member('ann').id;
    expect(world.gate('New prices')).toMatchObject({
      state: 'waiting',
      epicId: null,
      storyId: null,
      stepId: null,
      taskId: null,
      request: {
        by: ann,
        priority: 'NORMAL',
        artifacts: [{ path: 'context.md', hash: sha256(context), bytes: Buffer.byteLength(context) }],
      },
      artifactHash: sha256(context),
      authors: [ann],
      deadline: world.now + minutes(5),
    });
  });

  it('is about all that is shown beside the context', () => {
    const world = newWorld();
    const table = artifact('1;2', 'table.csv');
    ask(world, 'ann', { artifacts: [table] });
    const shown = [{ hash: sha256(context), path: 'context.md' }, table];
    expect(world.gate('New prices').artifactHash).toBe(submissionHash(shown, sha256));
  });

  it('is given by agents through their reviews and by people, one slot each', () => {
    const world = newWorld();
    ask(world, 'ann', { roles: { em: 1, qa_lead: 1 }, humanRequired: true, priority: 'URGENT' });
    const [review, ...others] = world.reviews('New prices');
    expect(others).toEqual([]);
    expect(review).toMatchObject({
      title: 'Review "New prices" as qa_lead',
      priority: 'URGENT',
      epicId: null,
    });
    world.review('quentin', 'New prices');
    const events = world.sign('hera', 'New prices', 'approve', { note: 'fair' });
    expect(typesOf(events)).toEqual(['gate.signed', 'gate.opened']);
    expect(world.gate('New prices').signOffs).toMatchObject([
      { roleId: 'qa_lead', kind: 'agent' },
      { roleId: 'em', kind: 'human', note: 'fair' },
    ]);
  });

  it('that is rejected stays so, with the note, and asks nobody any more', () => {
    const world = newWorld();
    ask(world, 'ann', { roles: { em: 1, qa_lead: 1 } });
    const events = world.sign('hera', 'New prices', 'request_changes', { note: 'too dear' });
    expect(typesOf(events)).toEqual(['gate.rejected', 'task.cancelled', 'task.cancelled']);
    expect(world.gate('New prices')).toMatchObject({ state: 'rejected', refusal: { note: 'too dear' } });
    expect(world.reviews('New prices')).toEqual([]);
    expect(world.refusal('hera', world.signing('New prices'))).toMatchObject({
      code: 'GATE_NOT_WAITING',
      message: expect.stringContaining('final'),
    });
  });

  it('that is vetoed waits for an arbiter, who lets it go on with its sign-offs or rejects it', () => {
    const world = newWorld();
    ask(world, 'ann', { roles: { em: 1, qa_lead: 1 }, timeout: minutes(5) });
    world.review('quentin', 'New prices');
    world.sign('hera', 'New prices', 'veto');
    const { id: gateId } = world.gate('New prices');
    world.do('owner', { type: 'gate.arbitrate', gateId, ruling: 'resume', note: 'let them vote' });
    expect(world.gate('New prices')).toMatchObject({
      state: 'waiting',
      signOffs: [{ roleId: 'qa_lead' }],
      deadline: world.now + minutes(5),
    });
    world.sign('hera', 'New prices', 'veto');
    world.do('owner', { type: 'gate.arbitrate', gateId, ruling: 'rework', note: 'no' });
    expect(world.gate('New prices')).toMatchObject({ state: 'rejected', refusal: { note: 'no' } });
  });

  it.each([
    ['escalate', 'waiting', ['gate.escalated']],
    ['reject', 'rejected', ['gate.rejected']],
  ] as const)('that nobody answers in time does what it says: %s', (onTimeout, state, happened) => {
    const world = newWorld();
    ask(world, 'ann', { timeout: minutes(5), onTimeout });
    expect(typesOf(world.pass(minutes(4)))).toEqual([]);
    expect(typesOf(world.pass(minutes(1)))).toEqual(expect.arrayContaining([...happened]));
    expect(world.gate('New prices').state).toBe(state);
    if (onTimeout === 'reject') expect(world.gate('New prices').refusal?.note).toContain('ask again');
  });

  it('may be taken back by whoever asked, and by those who settle conflicts, while it waits', () => {
    const world = newWorld();
    ask(world, 'ann');
    const { id: gateId } = world.gate('New prices');
    const command: CommandInput = { type: 'approval.cancel', gateId };
    expect(world.refusal('emma', command).code).toBe('FORBIDDEN');
    expect(typesOf(world.do('ann', command))).toEqual(['gate.cancelled', 'task.cancelled']);
    expect(world.refusal('ann', command)).toMatchObject({ code: 'WRONG_STATE' });
    expect(world.refusal('hera', world.signing('New prices')).message).toContain('took it back');
    ask(world, 'ann', { title: 'Again' });
    world.do('owner', { type: 'approval.cancel', gateId: world.gate('Again').id });
    expect(world.gate('Again').state).toBe('cancelled');
  });
});

describe('self-approval', () => {
  it('is forbidden: whoever asks fills no slot', () => {
    const world = newWorld();
    ask(world, 'hera', { roles: { em: 1 } });
    expect(world.refusal('hera', world.signing('New prices'))).toMatchObject({
      code: 'SELF_APPROVAL',
      message: expect.stringContaining('hera asked for the approval'),
    });
    expect(only(world.review('emma', 'New prices'), 'gate.opened')).toBeDefined();
  });

  it('may be allowed by a person, and never by an agent', () => {
    const world = newWorld();
    ask(world, 'hera', { roles: { em: 1 }, selfApproval: 'allowed' });
    expect(typesOf(world.sign('hera', 'New prices'))).toContain('gate.opened');
    expect(refused('emma', { selfApproval: 'allowed' })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a request is refused', () => {
  it.each<[string, string, object, string, RegExp]>([
    ['for a role that there is not', 'ann', { roles: { emm: 1 } }, 'NOT_FOUND', /did you mean `em`/],
    [
      'when too few could sign',
      'ann',
      { roles: { qa_lead: 3 } },
      'APPROVAL_UNSATISFIABLE',
      /3 distinct members must sign as qa_lead, and only 2 beside whoever asks may/,
    ],
    [
      'when only whoever asks could sign',
      'owner',
      { roles: { ceo: 1 } },
      'APPROVAL_UNSATISFIABLE',
      /whoever asks is the only one who may sign as ceo/,
    ],
    [
      'when a human is needed and only the asking one could sign',
      'owner',
      { roles: { qa_lead: 1 }, humanRequired: true },
      'APPROVAL_UNSATISFIABLE',
      /needs a human/,
    ],
    [
      'for two artifacts of one path',
      'ann',
      { artifacts: [artifact('x', 'context.md')] },
      'BAD_INPUT',
      /context\.md/,
    ],
  ])('%s', (_rule, who, more, code, words) => {
    const refusal = refused(who, more);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(words);
  });

  it.each([
    ['no role', { roles: {} }],
    ['no sign-off of a role', { roles: { em: 0 } }],
    ['nothing to go by', { context: ' \n' }],
    ['no title', { title: ' ' }],
    ['no time at all', { timeout: 0 }],
  ])('with %s', (_what, more) => {
    expect(() => ask(newWorld(), 'ann', more)).toThrow();
  });

  it('to take back a gate of a workflow', () => {
    const world = company({
      staff,
      workflows: [
        {
          name: 'flow',
          steps: [
            {
              id: 1,
              title: 'Work',
              role: 'engineer',
              gates: [{ name: 'review', position: 'after', requires: { em: 1 } }],
            },
          ],
        },
      ],
    });
    world.route('flow');
    const command: CommandInput = { type: 'approval.cancel', gateId: world.gate('review').id };
    expect(world.refusal('owner', command)).toMatchObject({ code: 'BAD_INPUT' });
  });
});
