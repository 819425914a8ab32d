/** Asking another to fill a slot: it moves the question, never the right to answer it. */
import { describe, expect, it } from 'vitest';
import { needsMember } from '../../../src/core/gate/asked-slots.ts';
import { gateSlots } from '../../../src/core/gate/gate-slots.ts';
import { minutes } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { only } from '../kit.ts';

type GateInput = Omit<Parameters<typeof oneGate>[0], 'name' | 'position'>;

const staff: Staff = {
  ...scaleup,
  engineering: [
    ...(scaleup['engineering'] ?? []),
    { name: 'hera', role: 'em', kind: 'human' },
    { name: 'enzo', role: 'em' },
    { name: 'hugo', role: 'engineer', kind: 'human' },
  ],
};

function waiting(gate: GateInput): World {
  const world = company({ staff, workflows: [oneGate({ name: 'go', position: 'after', ...gate })] });
  world.route('one_gate');
  world.finish('ann', 'Work');
  return world;
}

const delegate = (world: World, by: string, to: string | null, roleId = 'em', note = '') =>
  world.do(by, asked(world, to, roleId, note));
const asked = (world: World, to: string | null, roleId = 'em', note = '') =>
  ({
    type: 'gate.delegate',
    gateId: world.gate('go').id,
    roleId,
    to: to === null ? null : world.member(to).id,
    note,
  }) as const;
const needs = (world: World, name: string) =>
  needsMember(world.state, world.gate('go'), world.member(name).id);

const byHuman: GateInput = { requires: { em: 1 }, human_required: true };

describe('a slot that a person is asked to fill', () => {
  it('waits for that person alone, though others may still sign', () => {
    const world = waiting(byHuman);
    expect(needs(world, 'owner')).toBe(true);
    const events = delegate(world, 'owner', 'hera', 'em', 'You know this part.');
    expect(only(events, 'gate.delegated')).toMatchObject({ to: world.member('hera').id });
    expect([needs(world, 'owner'), needs(world, 'hera')]).toEqual([false, true]);
    world.sign('owner', 'go');
    expect(world.gate('go')).toMatchObject({ state: 'open', delegations: [] });
  });

  it('goes back to all when it is taken back, and to the next when it is handed on', () => {
    const world = waiting(byHuman);
    delegate(world, 'owner', 'hera');
    delegate(world, 'hera', 'owner');
    expect([needs(world, 'owner'), needs(world, 'hera')]).toEqual([true, false]);
    expect(world.gate('go').delegations).toHaveLength(1);
    delegate(world, 'owner', null);
    expect([needs(world, 'owner'), needs(world, 'hera')]).toEqual([true, true]);
    expect(world.refusal('owner', asked(world, null)).code).toBe('NOT_FOUND');
  });

  it('asks no agent any more, and asks one again when the person could not sign either', () => {
    const world = waiting({ requires: { em: 1 } });
    expect(world.reviews('go')).toHaveLength(1);
    delegate(world, 'owner', 'hera');
    expect(world.reviews('go')).toEqual([]);
    world.do('owner', {
      type: 'member.change',
      memberId: world.member('hera').id,
      member: { role: 'engineer' },
    });
    world.do('owner', asked(world, 'enzo'));
    expect(world.reviews('go')).toMatchObject([{ assigneeId: world.member('enzo').id }]);
    expect(gateSlots(world.state, world.gate('go'))[0]?.delegation?.to).toBe(world.member('enzo').id);
  });

  it('is asked of somebody else after a time-out', () => {
    const world = waiting({ ...byHuman, timeout: '1h' });
    delegate(world, 'owner', 'hera');
    world.endWorkers();
    world.pass(minutes(60));
    expect(world.gate('go')).toMatchObject({ delegations: [], escalations: [{ to: 'vp_eng' }] });
  });
});

describe('a slot that an agent is asked to fill', () => {
  it('is reviewed by that agent', () => {
    const world = waiting({ requires: { em: 1 } });
    delegate(world, 'owner', 'enzo');
    expect(world.reviews('go')).toMatchObject([
      { reserved: true, review: { askedOf: world.member('enzo').id } },
    ]);
    world.online('emma');
    expect(world.claim('emma')).toBeNull();
    world.review('enzo', 'go');
    expect(world.gate('go')).toMatchObject({
      state: 'open',
      signOffs: [{ memberId: world.member('enzo').id }],
    });
  });

  it('is anybody’s again when it is taken back', () => {
    const world = waiting({ requires: { em: 1 } });
    delegate(world, 'owner', 'enzo');
    delegate(world, 'owner', null);
    expect(world.reviews('go')).toMatchObject([{ assigneeId: null, reserved: false }]);
  });

  it('is left to the agent who reviews it already', () => {
    const world = waiting({ requires: { em: 1 } });
    world.online('emma');
    world.do('emma', {
      type: 'task.claim',
      taskId: world.reviews('go')[0]?.id ?? null,
      workerId: world.online('emma'),
    });
    expect(world.refusal('owner', asked(world, 'enzo')).message).toContain(
      'emma reviews gate go for em already',
    );
  });
});

it.each([
  ['somebody who may not sign', 'owner', 'hugo', {}, 'NOT_ENTITLED'],
  ['oneself', 'owner', 'owner', {}, 'BAD_INPUT'],
  ['an agent where the slot is a human’s', 'owner', 'enzo', {}, 'HUMAN_REQUIRED'],
  ['anybody, by one who may not sign', 'hugo', 'hera', {}, 'NOT_ENTITLED'],
  ['anybody, for a slot that there is not', 'owner', 'hera', { roleId: 'pm' }, 'NOT_ENTITLED'],
  ['anybody, by an agent', 'emma', 'hera', {}, 'FORBIDDEN'],
])('asks not %s', (_case, by, to, { roleId }: { roleId?: string }, code) => {
  const world = waiting(byHuman);
  expect(world.refusal(by, asked(world, to, roleId)).code).toBe(code);
  expect(world.gate('go').delegations).toEqual([]);
});

it('lets nobody choose who judges their own work', () => {
  const world = company({
    staff,
    workflows: [oneGate({ name: 'go', position: 'after', requires: { em: 1 } })],
  });
  world.route('one_gate');
  world.finish('hera', 'Work');
  expect(world.refusal('hera', asked(world, 'enzo')).code).toBe('SELF_APPROVAL');
  expect(world.refusal('owner', asked(world, 'hera')).code).toBe('SELF_APPROVAL');
});

it('lets no program hand on what waits for another person', () => {
  const world = waiting(byHuman);
  const actor = { ...world.actor('hera'), actedBy: world.member('owner').id };
  expect(world.refusal(actor as never, asked(world, 'owner')).code).toBe('NOT_IN_PERSON');
});
