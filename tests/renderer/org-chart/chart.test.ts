/** Where everything stands on the chart, what it means to let it go somewhere, and where keys lead. */
import { describe, expect, it } from 'vitest';
import { chartOf } from '../../../src/core/org/chart/org-chart.ts';
import type { ChartLayout, Placed } from '../../../src/renderer/features/org-chart/chart-layout.ts';
import { layoutChart } from '../../../src/renderer/features/org-chart/chart-layout.ts';
import type { Palette } from '../../../src/renderer/features/org-chart/chart-svg.ts';
import { chartSvg, paletteNames } from '../../../src/renderer/features/org-chart/chart-svg.ts';
import { describeEdits } from '../../../src/renderer/features/org-chart/describe-edit.ts';
import { draftMarks } from '../../../src/renderer/features/org-chart/draft-marks.ts';
import { dropOn, placeAt, placeOf, removalOf } from '../../../src/renderer/features/org-chart/drop.ts';
import { findInChart } from '../../../src/renderer/features/org-chart/find-in-chart.ts';
import { copiesOf, freeName, newDepartment } from '../../../src/renderer/features/org-chart/make-edits.ts';
import { walk } from '../../../src/renderer/features/org-chart/walk-chart.ts';
import { whyCapabilities } from '../../../src/renderer/features/org-chart/why-capabilities.ts';
import { company } from '../../core/companies.ts';

const world = company();
world.do('owner', {
  type: 'org.change',
  edits: [{ type: 'team.add', departmentId: department('qa'), name: 'second' }],
});
const chart = chartOf(world.state);
const layout = layoutChart(chart, new Set());

function department(name: string): string {
  return world.state.departments.dump().find((row) => row.name === name)?.id ?? '';
}
const team = (name: string) => chart.teams.find((row) => row.name === name)?.id ?? '';
const ids = (...names: string[]) => new Set<string>(names.map((name) => world.member(name).id));
const item = (of: ChartLayout, id: string): Placed => {
  const found = of.byId.get(id);
  if (!found) throw new Error(`${id} is not on the chart`);
  return found;
};

describe('the layout', () => {
  it('keeps everything inside of what it belongs to, and apart from its neighbours', () => {
    for (const one of layout.items) {
      const parent = one.parentId === null ? null : item(layout, one.parentId).box;
      const { x, y, width, height } = one.box;
      if (parent) {
        expect(x >= parent.x && y >= parent.y).toBe(true);
        expect(x + width <= parent.x + parent.width && y + height <= parent.y + parent.height).toBe(true);
      }
      for (const other of layout.items) {
        if (other.id === one.id || other.parentId !== one.parentId) continue;
        const apart =
          x + width <= other.box.x ||
          other.box.x + other.box.width <= x ||
          y + height <= other.box.y ||
          other.box.y + other.box.height <= y;
        expect(apart, `${one.id} and ${other.id}`).toBe(true);
      }
    }
    expect(layout.items.filter(({ kind }) => kind === 'member')).toHaveLength(chart.members.length);
  });

  it('shows of what is folded the head alone, with everybody counted', () => {
    const folded = layoutChart(chart, new Set([department('engineering')]));
    const group = item(folded, department('engineering'));
    expect(group).toMatchObject({ isCollapsed: true, members: { length: 6 } });
    expect(folded.byId.has(world.member('ann').id)).toBe(false);
    expect(folded.lines).toHaveLength(chart.departments.length);
  });

  it('is an SVG that stands alone, whatever names there are', () => {
    const palette = Object.fromEntries(paletteNames.map((name) => [name, '#000'])) as unknown as Palette;
    const named = { ...chart, departments: chart.departments.map((row) => ({ ...row, name: '<b>&"' })) };
    const svg = chartSvg(layoutChart(named, new Set()), palette, () => '#123456');
    expect(svg).toMatch(/^<svg [^>]*viewBox="[-\d. ]+"/);
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
    expect(svg).not.toContain('<b>');
    expect(svg.match(/#123456/g)).toHaveLength(chart.members.length);
  });
});

describe('letting go', () => {
  const over = (id: string, dragged: ReadonlySet<string>) => {
    const { x, y, width, height } = item(layout, id).box;
    const place = placeAt(layout, { x: x + width / 2, y: y + height / 2 }, dragged);
    return place && dropOn(chart, dragged, place);
  };

  it('of a card on another moves it to that one’s team', () => {
    expect(over(world.member('tara').id, ids('ann'))).toMatchObject({
      kind: 'edits',
      label: 'Move ann to qa team',
      edits: [{ type: 'member.change', memberId: world.member('ann').id, teamId: team('qa team') }],
    });
  });

  it('means a department’s only team, and asks which of several', () => {
    const support = placeOf(item(layout, department('support')));
    const qa = placeOf(item(layout, department('qa')));
    expect(support && dropOn(chart, ids('ann'), support)).toMatchObject({
      edits: [{ teamId: team('support team') }],
    });
    expect(qa && dropOn(chart, ids('ann'), qa)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('several teams'),
    });
  });

  it('where it was is nothing, and outside of everything is nowhere', () => {
    expect(over(world.member('bob').id, ids('ann'))).toEqual({ kind: 'nothing' });
    expect(placeAt(layout, { x: -9_999, y: 0 }, new Set())).toBeNull();
  });

  it('of a team moves it to a department, never above them', () => {
    const dragged = new Set<string>([team('qa team')]);
    const support = placeOf(item(layout, department('support')));
    expect(support && dropOn(chart, dragged, support)).toMatchObject({
      edits: [{ type: 'team.change', departmentId: department('support') }],
    });
    expect(dropOn(chart, dragged, { kind: 'top', id: 'top', name: 'top' })).toMatchObject({
      kind: 'refused',
    });
  });
});

it('removes a department with all that is in it, from the inside out', () => {
  expect(removalOf(chart, new Set([department('support')])).map(({ type }) => type)).toEqual([
    'member.remove',
    'member.remove',
    'team.remove',
    'department.remove',
  ]);
});

it('makes copies and new groups under names that are free', () => {
  let last = 0;
  const fresh = (kind: string) => {
    last += 1;
    return `new_${kind}_${last}`;
  };
  const ann = world.member('ann');
  expect(copiesOf(chart, [ann, ann], undefined, fresh).edits).toMatchObject([
    { teamId: ann.teamId, member: { name: 'ann_2', role: 'engineer' } },
    { member: { name: 'ann_3' } },
  ]);
  expect(freeName(new Set(['a_2', 'a_3']), 'a_2')).toBe('a_4');
  expect(newDepartment(chart, fresh).edits).toMatchObject([
    { type: 'department.add', name: 'department', as: 'new_department_3' },
    { type: 'team.add', departmentId: 'new_department_3' },
  ]);
});

it('finds by words of names, roles and kinds', () => {
  expect(findInChart(layout, '')).toBeNull();
  expect(findInChart(layout, 'vp_ agent')).toHaveLength(3);
  expect(findInChart(layout, 'zzz')).toEqual([]);
});

it('walks by arrows through groups, cards and to the neighbours', () => {
  const start = walk(layout, null, 'ArrowDown');
  expect(start).toBe('top');
  const first = item(layout, department('engineering'));
  expect(walk(layout, first.id, 'ArrowDown')).toBe(team('engineering team'));
  const card = walk(layout, team('engineering team'), 'ArrowDown') ?? '';
  expect(item(layout, card)).toMatchObject({ kind: 'member', parentId: team('engineering team') });
  expect(walk(layout, card, 'ArrowUp')).toBe(team('engineering team'));
  const right = item(layout, walk(layout, first.id, 'ArrowRight') ?? '');
  expect(right.kind).toBe('department');
  expect(walk(layout, right.id, 'ArrowLeft')).toBe(first.id);
});

it('says why a member may do what', () => {
  const groups = whyCapabilities(world.state, world.member('emma'));
  expect(groups.map(({ path }) => path)).toEqual([
    ['em'],
    ['em', 'senior_eng'],
    ['em', 'senior_eng', 'engineer'],
  ]);
  expect(groups[2]?.capabilities).toContain('fix_bugs');
});

it('says edits in words, and marks what they touch', () => {
  const edits = [
    {
      type: 'member.change' as const,
      memberId: world.member('ann').id,
      teamId: team('second'),
      member: { role: 'qa_eng', tags: ['x'] },
    },
    { type: 'member.add' as const, teamId: null, member: { name: 'new', role: 'pm' }, as: 'new_1' },
    { type: 'team.change' as const, teamId: team('second'), leadId: null },
  ];
  expect(describeEdits(chart, chart, edits)).toEqual([
    { what: 'changed', subject: 'ann', text: 'goes to second, becomes qa_eng, tags' },
    { what: 'added', subject: 'new', text: 'pm in Above the teams' },
    { what: 'changed', subject: 'second', text: 'has no lead' },
  ]);
  const [one, two] = chart.members;
  if (!one || !two) throw new Error('there are members');
  const after = { ...chart, members: [{ ...one, tags: ['x'] }, two, { ...two, id: 'new_2' as never }] };
  expect([...draftMarks(chart, after)]).toEqual([
    [one.id, 'changed'],
    ['new_2', 'new'],
  ]);
});
