/** The rules of signing, one by one, in the order in which a refusal tells them. */
import { describe, expect, it } from 'vitest';
import type { Staff, WorkflowFileInput } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, sha256, typesOf } from '../kit.ts';

type GateInput = Omit<Parameters<typeof oneGate>[0], 'name' | 'position'>;

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hera', role: 'em', kind: 'human' }],
};

/** The gate is waiting for the work of `author`. */
function waiting(
  gate: GateInput,
  { author = 'ann', policy = {} }: { author?: string; policy?: object } = {},
): World {
  const workflow: WorkflowFileInput = oneGate({ name: 'review', position: 'after', ...gate });
  const world = company({ staff, workflows: [workflow], policy });
  world.route('one_gate');
  world.finish(author, 'Work');
  return world;
}

describe('a sign-off is refused', () => {
  it.each<[string, GateInput, (world: World) => unknown, string, object, string, RegExp]>([
    [
      'when the gate is not waiting',
      { requires: { em: 1 } },
      (world) => world.sign('owner', 'review'),
      'hera',
      {},
      'GATE_NOT_WAITING',
      /it is open already/,
    ],
    [
      'for another artifact than the one looked at',
      { requires: { em: 1 } },
      () => null,
      'hera',
      { hash: sha256('old') },
      'ARTIFACT_CHANGED',
      /another artifact by now/,
    ],
    [
      'to whoever is not entitled, naming who is',
      { requires: { qa_lead: 1 } },
      () => null,
      'hera',
      {},
      'NOT_ENTITLED',
      /entitled are: owner, quentin$/,
    ],
    [
      'for a role that the gate does not ask for',
      { requires: { em: 1 } },
      () => null,
      'hera',
      { roleId: 'pm' },
      'NOT_ENTITLED',
      /has no slot for pm; it has: em/,
    ],
    [
      'for a slot that is filled',
      { requires: { em: 1, pm: 1 } },
      (world) => world.sign('hera', 'review'),
      'owner',
      { roleId: 'em' },
      'SLOT_FILLED',
      /em slot of gate review is filled/,
    ],
    [
      'to a member for two slots of the gate',
      { requires: { em: 1, senior_eng: 1 } },
      (world) => world.sign('hera', 'review', 'approve', { roleId: 'em' }),
      'hera',
      { roleId: 'senior_eng' },
      'NOT_DISTINCT',
      /needs another member/,
    ],
    [
      'to a member for two slots of one role, also where members need not be distinct',
      { requires: { em: 2 }, distinct: false },
      (world) => world.sign('hera', 'review'),
      'hera',
      {},
      'NOT_DISTINCT',
      /needs another member/,
    ],
  ])('%s', (_rule, gate, before, who, more, code, message) => {
    const world = waiting(gate);
    before(world);
    const refusal = world.refusal(who, world.signing('review', 'approve', more));
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('to whoever did the work, unless the gate allows it', () => {
    const gate = { requires: { em: 1 } };
    const forbidding = waiting(gate, { author: 'hera' });
    expect(forbidding.refusal('hera', forbidding.signing('review')).code).toBe('SELF_APPROVAL');
    const allowing = waiting({ ...gate, self_approval: 'allowed' }, { author: 'hera' });
    expect(typesOf(allowing.sign('hera', 'review'))).toContain('gate.opened');
  });

  it('to an agent that signs without a review', () => {
    const world = waiting({ requires: { em: 1 } });
    const refusal = world.refusal('emma', world.signing('review'));
    expect([refusal.code, refusal.message]).toEqual(['FORBIDDEN', expect.stringMatching(/review task/)]);
  });

  it('to the owner for a second slot, unless the policy allows it', () => {
    const gate = { requires: { em: 1, pm: 1 } };
    const strict = waiting(gate);
    strict.sign('owner', 'review');
    expect(strict.refusal('owner', strict.signing('review')).code).toBe('NOT_DISTINCT');
    const lenient = waiting(gate, { policy: { owner_may_fill_several_slots: true } });
    lenient.sign('owner', 'review');
    expect(typesOf(lenient.sign('owner', 'review'))).toContain('gate.opened');
  });

  it('to an agent for the last slot while no human has signed', () => {
    const world = waiting({ requires: { em: 1, pm: 1 }, human_required: true });
    world.review('pablo', 'review');
    expect(world.reviews('review')).toEqual([]);
    expect(typesOf(world.sign('owner', 'review'))).toContain('gate.opened');
  });
});

describe('a sign-off', () => {
  it.each([
    ['hera', 'em', null, 'holds the role'],
    ['hera', 'senior_eng', 'em', 'overrides it in the department'],
    ['owner', 'qa_lead', 'ceo', 'overrides it as ceo'],
  ])('of %s as %s records %s as override: %s', (name, role, overrideBy, _why) => {
    const world = waiting({ requires: { [role]: 1 } });
    const { signOff } = only(world.sign(name, 'review', 'approve', { note: 'fine' }), 'gate.signed');
    expect(signOff).toEqual({
      roleId: role,
      memberId: world.member(name).id,
      kind: 'human',
      overrideBy,
      note: 'fine',
      artifactHash: world.gate('review').artifactHash,
      at: world.now,
    });
  });

  it('that names no slot fills one of a role held before one overridden', () => {
    const world = waiting({ requires: { senior_eng: 1, em: 1 } });
    expect(only(world.sign('hera', 'review'), 'gate.signed').signOff.roleId).toBe('em');
  });

  it('that names no slot leaves the one that only others can not fill', () => {
    const world = waiting({ requires: { pm: 1, qa_lead: 1, vp_eng: 1 } });
    world.review('pablo', 'review');
    world.review('quentin', 'review');
    expect(only(world.sign('owner', 'review'), 'gate.signed').signOff.roleId).toBe('vp_eng');
  });

  it('opens the gate with the last slot, and the task is done', () => {
    const world = waiting({ requires: { em: 2 } });
    expect(typesOf(world.sign('hera', 'review'))).not.toContain('gate.opened');
    const events = world.review('emma', 'review');
    expect(typesOf(events)).toEqual([
      'task.done',
      'gate.signed',
      'gate.opened',
      'task.done',
      'epic.completed',
    ]);
  });
});

describe('turning work down', () => {
  it.each(['request_changes', 'veto'] as const)('needs a note: %s', (decision) => {
    const world = waiting({ requires: { em: 1 } });
    expect(world.refusal('hera', world.signing('review', decision, { note: '  ' })).code).toBe(
      'NOTE_REQUIRED',
    );
  });

  it('is not for whoever is entitled to no slot', () => {
    const world = waiting({ requires: { qa_lead: 1 } });
    expect(world.refusal('hera', world.signing('review', 'request_changes')).code).toBe('NOT_ENTITLED');
  });

  it('is open to one who signed before, whose sign-off is gone then', () => {
    const world = waiting({ requires: { em: 1, pm: 1 } });
    world.sign('hera', 'review');
    world.sign('hera', 'review', 'request_changes');
    expect(world.gate('review')).toMatchObject({ state: 'rejected', signOffs: [] });
  });
});
