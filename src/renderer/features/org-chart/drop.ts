/** What it means to let cards go somewhere: the place that is meant, and the edits that it asks for. Pure. */
import type { DepartmentId, TeamId } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { ChartLayout, Placed } from './chart-layout.ts';
import { topId } from './chart-layout.ts';
import { strings } from './strings.ts';

/** Where something can be let go. */
export type DropPlace =
  | { readonly kind: 'team'; readonly id: TeamId; readonly name: string }
  | { readonly kind: 'department'; readonly id: DepartmentId; readonly name: string }
  | { readonly kind: 'top'; readonly id: typeof topId; readonly name: string };

export type Dropped =
  | { readonly kind: 'edits'; readonly label: string; readonly edits: readonly OrgEditInput[] }
  | { readonly kind: 'refused'; readonly reason: string }
  /** It is there already. */
  | { readonly kind: 'nothing' };

/** The innermost place at a point; what is dragged is in the way of nothing. */
export function placeAt(
  layout: ChartLayout,
  point: { readonly x: number; readonly y: number },
  dragged: ReadonlySet<string>,
): DropPlace | null {
  let found: Placed | null = null;
  for (const item of layout.items) {
    if (dragged.has(item.id) || item.kind === 'member' || (item.parentId && dragged.has(item.parentId)))
      continue;
    const { x, y, width, height } = item.box;
    if (point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height) found = item;
  }
  return found && placeOf(found);
}

/** A card stands for the group that it is in. */
export function placeOf(item: Placed): DropPlace | null {
  switch (item.kind) {
    case 'team':
      return { kind: 'team', id: item.id, name: item.team.name };
    case 'department':
      return { kind: 'department', id: item.id, name: item.department.name };
    case 'top':
      return { kind: 'top', id: topId, name: strings.top };
    case 'member':
      return null;
  }
}

export function dropOn(chart: OrgChart, dragged: ReadonlySet<string>, place: DropPlace): Dropped {
  const teams = chart.teams.filter(({ id }) => dragged.has(id));
  if (teams.length > 0) return dropTeams(chart, teams, place);
  const members = chart.members.filter(({ id }) => dragged.has(id));
  const teamId = teamAt(chart, place);
  if (teamId === undefined) return { kind: 'refused', reason: strings.whichTeam(place.name) };
  const moving = members.filter((member) => member.teamId !== teamId);
  if (moving.length === 0) return { kind: 'nothing' };
  return {
    kind: 'edits',
    label: strings.moved(
      moving.map(({ name }) => name),
      nameOf(chart, teamId),
    ),
    edits: moving.map(({ id }): OrgEditInput => ({ type: 'member.change', memberId: id, teamId })),
  };
}

function dropTeams(chart: OrgChart, teams: OrgChart['teams'], place: DropPlace): Dropped {
  if (place.kind === 'top') return { kind: 'refused', reason: strings.teamNeedsDepartment };
  const departmentId =
    place.kind === 'department' ? place.id : chart.teams.find(({ id }) => id === place.id)?.departmentId;
  const department = chart.departments.find(({ id }) => id === departmentId);
  if (!department) return { kind: 'nothing' };
  const moving = teams.filter((team) => team.departmentId !== department.id);
  if (moving.length === 0) return { kind: 'nothing' };
  return {
    kind: 'edits',
    label: strings.moved(
      moving.map(({ name }) => name),
      department.name,
    ),
    edits: moving.map(
      ({ id }): OrgEditInput => ({ type: 'team.change', teamId: id, departmentId: department.id }),
    ),
  };
}

/** A department with one team means that one. Undefined: it has several, or none. */
function teamAt(chart: OrgChart, place: DropPlace): TeamId | null | undefined {
  if (place.kind === 'top') return null;
  if (place.kind === 'team') return place.id;
  const [only, ...others] = chart.teams.filter(({ departmentId }) => departmentId === place.id);
  return others.length === 0 ? only?.id : undefined;
}

function nameOf(chart: OrgChart, teamId: TeamId | null): string {
  return chart.teams.find(({ id }) => id === teamId)?.name ?? strings.top;
}

/** Takes away what is selected: members, and groups with all that is in them. */
export function removalOf(chart: OrgChart, selected: ReadonlySet<string>): OrgEditInput[] {
  const departments = chart.departments.filter(({ id }) => selected.has(id));
  const gone = new Set(departments.map(({ id }) => id));
  const teams = chart.teams.filter(({ id, departmentId }) => selected.has(id) || gone.has(departmentId));
  const emptied = new Set<TeamId | null>(teams.map(({ id }) => id));
  const members = chart.members.filter(
    ({ id, teamId }) => selected.has(id) || (teamId !== null && emptied.has(teamId)),
  );
  return [
    ...members.map(({ id }): OrgEditInput => ({ type: 'member.remove', memberId: id })),
    ...teams.map(({ id }): OrgEditInput => ({ type: 'team.remove', teamId: id })),
    ...departments.map(({ id }): OrgEditInput => ({ type: 'department.remove', departmentId: id })),
  ];
}

/** The group into which something new goes when this is selected; null: no team is meant. */
export function teamOfSelection(chart: OrgChart, selected: ReadonlySet<string>): TeamId | null {
  const [first] = selected;
  const team = chart.teams.find(({ id }) => id === first);
  if (team) return team.id;
  const member = chart.members.find(({ id }) => id === first);
  if (member) return member.teamId;
  return chart.teams.find(({ departmentId }) => departmentId === first)?.id ?? null;
}
