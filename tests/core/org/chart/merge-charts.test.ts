/** Charts that began as one: what each side changed stays, what both changed is asked, and taking back takes no one else's. */
import { expect, it } from 'vitest';
import type { MemberId } from '../../../../src/core/ids.ts';
import { editsBetween } from '../../../../src/core/org/chart/edits-between.ts';
import { mergeCharts } from '../../../../src/core/org/chart/merge-charts.ts';
import type { OrgChart } from '../../../../src/core/org/chart/org-chart.ts';
import { chartOf } from '../../../../src/core/org/chart/org-chart.ts';
import { withIdsOf } from '../../../../src/core/org/chart/rename-ids.ts';
import { editsToTakeBack } from '../../../../src/core/org/chart/take-back.ts';
import { orgOnly, tryEdits } from '../../../../src/core/org/chart/try-edits.ts';
import type { Member } from '../../../../src/core/org/org.ts';
import type { OrgEditInput } from '../../../../src/core/org/org-commands.ts';
import { company } from '../../companies.ts';
import type { World } from '../../kit.ts';

const staff = {
  engineering: ['ann', 'bob'].map((name) => ({ name, role: 'engineer' })),
  qa: [{ name: 'tara', role: 'qa_eng' }],
};
const change = (chart: OrgChart, name: string, to: Partial<Member>): OrgChart => ({
  ...chart,
  members: chart.members.map((row) => (row.name === name ? { ...row, ...to } : row)),
});
const without = (chart: OrgChart, name: string): OrgChart => ({
  ...chart,
  members: chart.members.filter((row) => row.name !== name),
});
const rowOf = ({ members }: OrgChart, name: string) => members.find((row) => row.name === name);
const teamOf = ({ teams }: OrgChart, name: string) =>
  teams.find((team) => team.name.startsWith(name))?.id ?? null;

/** As it is drawn: what is added has the id by which the edit names it. */
function drawnOn(world: World, edits: readonly OrgEditInput[]): OrgChart {
  const trial = orgOnly(world.state);
  tryEdits(trial, edits, world.member('owner').id, world.now);
  return chartOf(trial);
}

it('keeps what only one side changed, row by row and field by field', () => {
  const base = chartOf(company({ staff }).state);
  const qa = teamOf(base, 'qa');
  const mine = change(change(base, 'ann', { tags: ['mine'] }), 'bob', { name: 'bert' });
  const zoe: Member = { ...(base.members[0] as Member), id: 'new_zoe' as MemberId, name: 'zoe', teamId: qa };
  const moved = without(change(change(base, 'ann', { teamId: qa }), 'bob', { tags: ['night'] }), 'tara');
  const { chart, conflicts } = mergeCharts(
    base,
    mine,
    { ...moved, name: 'Apex', members: [...moved.members, zoe] },
    'mine',
  );
  expect(conflicts).toEqual([]);
  expect(chart.name).toBe('Apex');
  expect(rowOf(chart, 'ann')).toMatchObject({ tags: ['mine'], teamId: qa });
  expect(rowOf(chart, 'bert')).toMatchObject({ tags: ['night'] });
  expect(rowOf(chart, 'zoe')).toEqual(zoe);
  expect(rowOf(chart, 'tara')).toBeUndefined();
});

it.each([
  ['mine', ['m'], true],
  ['theirs', ['t'], false],
] as const)('names what both changed, and takes %s', (side, tags, isKept) => {
  const base = chartOf(company({ staff }).state);
  const mine = change(change(base, 'ann', { tags: ['m'] }), 'bob', { tags: ['m'] });
  const theirs = without(change(base, 'ann', { tags: ['t'] }), 'bob');
  const merged = mergeCharts(base, mine, theirs, side);
  const idOf = (name: string) => rowOf(base, name)?.id;
  expect(merged.conflicts).toEqual([
    { table: 'members', id: idOf('ann'), field: 'tags' },
    { table: 'members', id: idOf('bob'), field: null },
  ]);
  expect(rowOf(merged.chart, 'ann')?.tags).toEqual(tags);
  expect(rowOf(merged.chart, 'bob') !== undefined).toBe(isKept);
});

it('knows what was drawn by its name once it is applied, wherever others name it', () => {
  const world = company({ staff });
  const { id: departmentId } = world.state.departments.dump()[0] ?? {};
  const edits: OrgEditInput[] = [
    { type: 'team.add', departmentId: String(departmentId), name: 'night', as: 'new_team' },
    { type: 'member.add', teamId: 'new_team', member: { name: 'zoe', role: 'engineer' }, as: 'new_zoe' },
    { type: 'team.change', teamId: 'new_team', leadId: 'new_zoe' },
  ];
  const drawn = drawnOn(world, edits);
  world.do('owner', { type: 'org.change', edits });
  const now = chartOf(world.state);
  expect(editsBetween(now, withIdsOf(now, drawn))).toEqual([]);
  expect(withIdsOf(now, now)).toBe(now);
});

it('takes back what was applied, and leaves what others have made since', () => {
  const world = company({ staff });
  const before = chartOf(world.state);
  const idOf = (name: string) => world.member(name).id;
  const qa = teamOf(before, 'qa');
  const edits: OrgEditInput[] = [
    { type: 'member.change', memberId: idOf('ann'), teamId: qa },
    { type: 'member.change', memberId: idOf('bob'), member: { name: 'bert', tags: ['mine'] } },
    { type: 'member.add', teamId: qa, member: { name: 'zoe', role: 'qa_eng' }, as: 'new_zoe' },
    { type: 'member.remove', memberId: idOf('tara') },
  ];
  const after = drawnOn(world, edits);
  world.do('owner', { type: 'org.change', edits });
  world.do('owner', { type: 'member.add', teamId: qa, member: { name: 'theo', role: 'qa_eng' } });
  world.do('owner', { type: 'member.change', memberId: idOf('bert'), member: { tags: ['theirs'] } });

  world.do('owner', { type: 'org.change', edits: editsToTakeBack({ before, after }, chartOf(world.state)) });
  const now = chartOf(world.state);
  expect(now.members.map(({ name }) => name).sort()).toEqual(['ann', 'bob', 'owner', 'tara', 'theo']);
  expect(rowOf(now, 'ann')?.teamId).toBe(teamOf(before, 'engineering'));
  expect(rowOf(now, 'bob')?.tags).toEqual(['theirs']);
});
