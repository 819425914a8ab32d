/** Which review tasks a gate makes, who may take them, and when they go away. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, typesOf } from '../kit.ts';

type GateInput = Omit<Parameters<typeof oneGate>[0], 'name' | 'position'>;

function waiting(gate: GateInput, staff: Staff = scaleup, author = 'ann'): World {
  const world = company({ staff, workflows: [oneGate({ name: 'review', position: 'after', ...gate })] });
  world.route('one_gate');
  // A senior author is one for whom nobody came.
  world.pass(seconds(5));
  world.finish(author, 'Work');
  return world;
}

const asked = (world: World): (string | null)[] =>
  world.reviews('review').map(({ review }) => review?.roleId ?? null);
const with_ = (extra: Staff): Staff =>
  Object.fromEntries(
    Object.entries(scaleup).map(([name, members]) => [name, [...members, ...(extra[name] ?? [])]]),
  );
const hera = { engineering: [{ name: 'hera', role: 'em', kind: 'human' as const }] };
const peter = { product: [{ name: 'peter', role: 'pm', kind: 'human' as const }] };

describe('a gate asks agents for', () => {
  it.each<[string, GateInput, Staff, string[]]>([
    ['each slot', { requires: { em: 1, pm: 1 } }, scaleup, ['em', 'pm']],
    ['as many as a role needs', { requires: { pm: 2 } }, scaleup, ['pm', 'pm']],
    ['none that only people could sign', { requires: { ceo: 1, em: 1 } }, scaleup, ['em']],
    [
      'all but the last where only the owner is human',
      { requires: { em: 1, pm: 1, qa_lead: 1 }, human_required: true },
      scaleup,
      ['em', 'pm'],
    ],
    [
      'all but the one whose role a person holds',
      { requires: { em: 1, pm: 1 }, human_required: true },
      with_(hera),
      ['pm'],
    ],
    [
      'all but one where people hold several',
      { requires: { pm: 1, em: 1 }, human_required: true },
      with_({ ...hera, ...peter }),
      ['em'],
    ],
    [
      'nothing at a single slot that needs a human',
      { requires: { em: 1 }, human_required: true },
      scaleup,
      [],
    ],
  ])('%s', (_rule, gate, staff, roles) => {
    expect(asked(waiting(gate, staff))).toEqual(roles);
  });

  it('a review of the priority of the step, about its artifact', () => {
    const world = waiting({ requires: { em: 1 } });
    expect(world.reviews('review')[0]).toMatchObject({
      kind: 'review',
      title: 'Review "Work" for review as em',
      state: 'ready',
      priority: 'NORMAL',
      roleId: 'em',
      review: {
        gateId: world.gate('review').id,
        roleId: 'em',
        artifactHash: world.gate('review').artifactHash,
      },
    });
  });
});

describe('a review is taken', () => {
  it('by the least senior agent who is entitled and available', () => {
    const world = waiting({ requires: { senior_eng: 1 } });
    world.online('sven');
    expect(world.claim('emma')).toBeNull();
    expect(world.claim('sven')?.kind).toBe('review');
  });

  it('by one who overrides, when the holder does not come', () => {
    const world = waiting({ requires: { em: 1 } });
    world.pass(seconds(5));
    expect(only(world.review('victor', 'review'), 'gate.signed').signOff.overrideBy).toBe('vp_eng');
  });

  it.each([
    ['a person, who signs directly', 'owner', 'FORBIDDEN', /signs gate review directly/],
    ['another role', 'quentin', 'NOT_ENTITLED', /needs the role em/],
  ])('not by %s', (_who, name, code, message) => {
    const world = waiting({ requires: { em: 1 } });
    const taskId = world.reviews('review')[0]?.id ?? '';
    const refusal = world.refusal(name, { type: 'task.claim', taskId });
    expect([refusal.code, refusal.message]).toEqual([code, expect.stringMatching(message)]);
  });

  it('not by the author', () => {
    const world = waiting({ requires: { senior_eng: 1 } }, scaleup, 'sven');
    expect(world.claim('sven')).toBeNull();
    expect(world.claim('emma')?.kind).toBe('review');
  });

  it('not twice by one agent where members must be distinct', () => {
    const world = waiting({ requires: { pm: 2 } }, with_({ product: [{ name: 'pat', role: 'pm' }] }));
    world.review('pablo', 'review');
    expect(world.claim('pablo')).toBeNull();
    expect(world.claim('petra')?.kind).toBe('review');
  });

  it('not by an agent whom another slot needs', () => {
    const small: Staff = {
      engineering: [
        { name: 'emma', role: 'em' },
        { name: 'sven', role: 'senior_eng' },
        { name: 'ann', role: 'engineer' },
      ],
    };
    const world = waiting({ requires: { senior_eng: 1, em: 1 } }, small);
    expect(world.claim('emma')?.review?.roleId).toBe('em');
    expect(world.claim('sven')?.review?.roleId).toBe('senior_eng');
  });
});

describe('a review goes away', () => {
  it('when a person fills its slot first, also while an agent works on it', () => {
    const world = waiting({ requires: { em: 1, pm: 1 } });
    const review = world.claim('emma');
    expect(review?.review?.roleId).toBe('em');
    world.sign('owner', 'review', 'approve', { roleId: 'em' });
    expect(world.state.tasks.get(review?.id ?? ('' as never))?.state).toBe('cancelled');
    expect(asked(world)).toEqual(['pm']);
  });

  it('when the human slot moves: after a person signed, agents may fill the rest', () => {
    const world = waiting({ requires: { em: 1, pm: 1 }, human_required: true });
    expect(asked(world)).toEqual(['em']);
    world.sign('owner', 'review', 'approve', { roleId: 'em' });
    expect(asked(world)).toEqual(['pm']);
  });

  it('and is not made again while it has failed, which blocks the epic until a person signs', () => {
    const world = company({
      workflows: [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })],
      policy: { max_attempts: 1 },
    });
    world.route('one_gate');
    world.finish('ann', 'Work');
    const review = world.claim('emma');
    const held = { taskId: review?.id ?? '', token: review?.lease?.token ?? 0 };
    expect(typesOf(world.do('emma', { type: 'task.fail', ...held, reason: 'no idea' }))).toContain(
      'epic.blocked',
    );
    expect(world.reviews('review').map(({ state }) => state)).toEqual(['failed']);
    world.sign('owner', 'review');
    expect(world.epic().state).toBe('completed');
  });

  it('or comes when the company changes: an agent who may sign joins', () => {
    const world = waiting({ requires: { em: 1 } }, { engineering: [{ name: 'ann', role: 'engineer' }] });
    expect(asked(world)).toEqual([]);
    world.do('owner', { type: 'member.add', teamId: null, member: { name: 'emma', role: 'em' } });
    expect(asked(world)).toEqual(['em']);
    world.do('owner', { type: 'member.remove', memberId: world.member('emma').id });
    expect(asked(world)).toEqual([]);
  });
});
