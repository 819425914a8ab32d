/** A draft is steps on top of what is there: refused where the company would refuse, left out where it no longer fits. */
import { expect, it } from 'vitest';
import type { OrgEditInput } from '../../../src/core/org/org-commands.ts';
import { dumpState } from '../../../src/core/state.ts';
import { draw, refusalToDraw } from '../../../src/renderer/features/org-chart/draft.ts';
import { company } from '../../core/companies.ts';
import type { World } from '../../core/kit.ts';

const by = (world: World, name = 'owner') => world.member(name).id;
const rename = (world: World, from: string, to: string): OrgEditInput => ({
  type: 'member.change',
  memberId: world.member(from).id,
  member: { name: to },
});

it('draws the steps that fit, and names those that do not any more', () => {
  const world = company();
  const steps = [
    { label: 'one', edits: [rename(world, 'ann', 'anna')] },
    { label: 'two', edits: [rename(world, 'bob', 'ann')] },
  ];
  const before = dumpState(world.state);
  expect(draw(world.state, steps, by(world), world.now).lapsed).toEqual([]);
  expect(dumpState(world.state)).toEqual(before);

  world.do('owner', rename(world, 'cole', 'anna'));
  const { chart, edits, lapsed } = draw(world.state, steps, by(world), world.now);
  expect(lapsed.map(({ step, refusal }) => [step.label, refusal.code])).toEqual([
    ['one', 'NAME_TAKEN'],
    ['two', 'NAME_TAKEN'],
  ]);
  expect(edits).toEqual([]);
  expect(chart.members.map(({ name }) => name)).toContain('ann');
});

it('refuses what the company would refuse, and changes nothing by asking', () => {
  const world = company();
  const drawn = draw(world.state, [], by(world), world.now);
  const ask = (edit: OrgEditInput, who = 'owner') =>
    refusalToDraw(world.state, drawn, [edit], by(world, who), world.now)?.code ?? null;
  expect(ask(rename(world, 'ann', 'anna'))).toBeNull();
  expect(ask(rename(world, 'ann', 'bob'))).toBe('NAME_TAKEN');
  expect(ask(rename(world, 'ann', 'anna'), 'bob')).toBe('FORBIDDEN');
  expect(ask({ type: 'member.remove', memberId: by(world) })).toBe('IN_USE');
  expect(drawn.state.members.get(world.member('ann').id)?.name).toBe('ann');
});

it('lets nobody go who is at work, although the draft knows of no work', () => {
  const world = company();
  const remove: OrgEditInput = { type: 'member.remove', memberId: world.member('ann').id };
  const person: OrgEditInput = {
    type: 'member.change',
    memberId: world.member('ann').id,
    member: { kind: 'human' },
  };
  const drawn = draw(world.state, [], by(world), world.now);
  const ask = (edit: OrgEditInput) =>
    refusalToDraw(world.state, drawn, [edit], by(world), world.now)?.code ?? null;
  expect([ask(remove), ask(person)]).toEqual([null, null]);
  world.online('ann');
  expect([ask(remove), ask(person)]).toEqual(['IN_USE', 'IN_USE']);
});
