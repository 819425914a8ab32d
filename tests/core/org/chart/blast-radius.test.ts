/** What edits of a running company would do: to who may do what, to gates, to work that is under way. */
import { expect, it } from 'vitest';
import type { BlastRadius } from '../../../../src/core/org/chart/blast-radius.ts';
import { blastRadius, isHarmless } from '../../../../src/core/org/chart/blast-radius.ts';
import { tryEdits } from '../../../../src/core/org/chart/try-edits.ts';
import type { OrgEditInput } from '../../../../src/core/org/org-commands.ts';
import { dumpState, restoreState } from '../../../../src/core/state.ts';
import { company, oneGate } from '../../companies.ts';
import type { World } from '../../kit.ts';

function radius(world: World, edits: OrgEditInput[]): BlastRadius {
  const after = restoreState(dumpState(world.state));
  const before = dumpState(world.state);
  const events = tryEdits(after, edits, world.member('owner').id, world.now);
  const result = blastRadius(world.state, after, events);
  // Nothing is done by looking.
  expect(dumpState(world.state)).toEqual(before);
  return result;
}

const gate = {
  name: 'look',
  position: 'after' as const,
  requires: { qa_lead: 1 },
  self_approval: 'allowed' as const,
};
/** Only the owner may stand in for a qa_lead, so let two be needed. */
const twoLeads = { ...gate, requires: { qa_lead: 2 } };

it('says who gains and who loses which capability', () => {
  const world = company();
  const id = world.member('emma').id;
  const { capabilities } = radius(world, [
    { type: 'member.change', memberId: id, member: { role: 'engineer' } },
    { type: 'member.add', teamId: null, member: { name: 'new', role: 'content' } },
    { type: 'member.remove', memberId: world.member('sam').id },
  ]);
  expect(capabilities).toMatchObject([
    { name: 'emma', what: 'changes', gains: [] },
    { name: 'new', what: 'joins', loses: [] },
    { name: 'sam', what: 'leaves', gains: [] },
  ]);
  expect(capabilities[0]?.loses).toContain('approve_architecture');
  expect(capabilities[0]?.loses).not.toContain('fix_bugs');
});

it('says which gates nobody could open any more, and what mends them', () => {
  const world = company({ workflows: [{ ...oneGate(twoLeads), name: 'flow' }] });
  const retire: OrgEditInput = { type: 'member.remove', memberId: world.member('quentin').id };
  const { breaks, stuckGates } = radius(world, [retire]);
  expect(breaks).toMatchObject([{ workflow: 'flow', finding: { gate: 'look', kind: 'too-few-members' } }]);
  expect(stuckGates).toEqual([]);

  world.do('owner', retire);
  const hire: OrgEditInput = { type: 'member.add', teamId: null, member: { name: 'q', role: 'qa_lead' } };
  expect(radius(world, [hire]).repairs).toMatchObject([{ workflow: 'flow', finding: { gate: 'look' } }]);
});

it('says which gate that waits would wait for ever, and whose sign-off would be void', () => {
  const world = company({ workflows: [{ ...oneGate(twoLeads), name: 'flow' }] });
  world.route('flow');
  world.finish('ann', world.state.tasks.dump().find(({ kind }) => kind === 'step')?.title ?? '');
  world.review('quentin', 'look');
  world.endWorkers();
  const { stuckGates, voided } = radius(world, [
    { type: 'member.remove', memberId: world.member('quentin').id },
  ]);
  expect(stuckGates).toMatchObject([{ name: 'look' }]);
  expect(voided).toMatchObject([{ gate: 'look', by: 'quentin' }]);
});

it('says whose work goes on, moves, or finds nobody', () => {
  const world = company();
  for (const title of ['held', 'kept', 'rare']) {
    world.do('owner', { type: 'task.create', title, roleId: title === 'rare' ? 'sre' : 'engineer' });
  }
  world.do('owner', { type: 'task.assign', taskId: world.task('kept').id, memberId: world.member('bob').id });
  world.claim('ann', 'held');
  const role = (name: string, to: string): OrgEditInput => ({
    type: 'member.change',
    memberId: world.member(name).id,
    member: { role: to },
  });
  const { tasks } = radius(world, [
    role('ann', 'content'),
    role('bob', 'content'),
    role('rita', 'content'),
    { type: 'member.remove', memberId: world.member('victor').id },
  ]);
  expect(tasks).toMatchObject([
    { title: 'held', what: 'goes-on', from: 'ann', to: ['sven', 'emma'] },
    { title: 'kept', what: 'reassigned', from: 'bob', to: ['sven', 'emma'] },
    { title: 'rare', what: 'nobody', from: null, to: [] },
  ]);
});

it('finds a change of tags harmless', () => {
  const world = company({ workflows: [{ ...oneGate(gate), name: 'flow' }] });
  const memberId = world.member('ann').id;
  expect(isHarmless(radius(world, [{ type: 'member.change', memberId, member: { tags: ['x'] } }]))).toBe(
    true,
  );
});
