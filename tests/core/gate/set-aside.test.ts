/** Setting a gate aside: one person is not reminded of it for a time, and nothing else changes. */
import { expect, it } from 'vitest';
import { needsMember } from '../../../src/core/gate/asked-slots.ts';
import { nextDue } from '../../../src/core/tick.ts';
import type { DurationMs } from '../../../src/core/units.ts';
import { addMs, minutes, ms } from '../../../src/core/units.ts';
import type { Staff } from '../companies.ts';
import { company, oneGate, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { typesOf } from '../kit.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [
    ...(scaleup['engineering'] ?? []),
    { name: 'hera', role: 'em', kind: 'human' },
    { name: 'hugo', role: 'engineer', kind: 'human' },
  ],
};

function waiting(): World {
  const gate = {
    name: 'go',
    position: 'after',
    requires: { em: 1 },
    human_required: true,
    timeout: '4h',
  } as const;
  const world = company({ staff, workflows: [oneGate(gate)] });
  world.route('one_gate');
  world.finish('ann', 'Work');
  world.endWorkers();
  return world;
}

const aside = (world: World, lasting: DurationMs, reason = 'after lunch') =>
  ({ type: 'gate.set_aside', gateId: world.gate('go').id, lasting, reason }) as const;
const needs = (world: World, name: string) =>
  needsMember(world.state, world.gate('go'), world.member(name).id);

it('keeps it from that person until the time is over, and from nobody else', () => {
  const world = waiting();
  const { deadline } = world.gate('go');
  world.do('owner', aside(world, minutes(30)));
  expect([needs(world, 'owner'), needs(world, 'hera')]).toEqual([false, true]);
  expect(world.gate('go')).toMatchObject({ deadline, setAside: [{ reason: 'after lunch' }] });
  expect(nextDue(world.state, null)).toBe(addMs(world.now, minutes(30)));
  expect(world.pass(minutes(29))).toEqual([]);
  expect(typesOf(world.pass(minutes(1)))).toEqual(['gate.taken_up']);
  expect(needs(world, 'owner')).toBe(true);
});

it('is over when they take it up, sign, or are asked about something else', () => {
  const world = waiting();
  world.do('owner', aside(world, minutes(30)));
  world.do('owner', aside(world, minutes(60), 'after the meeting'));
  expect(world.gate('go').setAside).toMatchObject([{ reason: 'after the meeting' }]);
  const takeUp = { type: 'gate.take_up', gateId: world.gate('go').id } as const;
  world.do('owner', takeUp);
  expect(needs(world, 'owner')).toBe(true);
  expect(world.refusal('owner', takeUp).code).toBe('WRONG_STATE');

  world.do('owner', aside(world, minutes(30)));
  world.sign('hera', 'go', 'request_changes');
  expect(world.gate('go').setAside).toEqual([]);
  world.finish('ann', 'Work', 'better');
  expect(needs(world, 'owner')).toBe(true);
});

it('ends when the gate is not signed in time, so that nobody looks away from what is urgent', () => {
  const world = waiting();
  world.do('owner', aside(world, minutes(24 * 60)));
  expect(typesOf(world.pass(minutes(4 * 60)))).toContain('gate.escalated');
  expect(world.gate('go').setAside).toEqual([]);
});

it.each([
  ['a person who could not sign it', 'hugo', minutes(30), 'later', 'NOT_ENTITLED'],
  ['an agent', 'emma', minutes(30), 'later', 'FORBIDDEN'],
])('is refused to %s', (_who, name, lasting, reason, code) => {
  const world = waiting();
  expect(world.refusal(name, aside(world, lasting, reason)).code).toBe(code);
});

it.each([
  ['without a reason', minutes(30), ' '],
  ['for no time', ms(0), 'later'],
  ['for longer than a month', minutes(31 * 24 * 60), 'later'],
])('is nothing that can be asked %s', (_how, lasting, reason) => {
  const world = waiting();
  expect(() => world.do('owner', aside(world, lasting, reason))).toThrow();
});
