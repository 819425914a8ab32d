/** What a person sees of a gate: who filled each slot, and who could fill the others. */
import { expect, it } from 'vitest';
import { gateSlots } from '../../../src/core/gate/gate-slots.ts';
import { minutes } from '../../../src/core/units.ts';
import { company, oneGate } from '../companies.ts';

it('lists each slot with its sign-off, or the names of those who could fill it now', () => {
  const gate = { name: 'review', position: 'after', requires: { pm: 2, em: 1 }, timeout: '1h' } as const;
  const world = company({ workflows: [oneGate(gate)] });
  world.route('one_gate');
  world.finish('ann', 'Work');
  world.review('pablo', 'review');
  world.pass(minutes(60));
  const slots = gateSlots(world.state, world.gate('review'));
  expect(slots.map(({ roleId, signOff }) => [roleId, signOff?.memberId ?? null])).toEqual([
    ['pm', world.member('pablo').id],
    ['pm', null],
    ['em', null],
  ]);
  expect(slots.map(({ entitled }) => entitled.map(({ name }) => name))).toEqual([
    [],
    ['owner', 'petra', 'vera'],
    ['emma', 'owner', 'victor'],
  ]);
  expect(slots.map(({ escalatedTo }) => escalatedTo)).toEqual([null, 'vp_product', 'vp_eng']);
});
