/** New members, teams and departments, and copies of those that there are: under names that are free. Pure. */
import type { DepartmentId, RoleId, TeamId } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { memberFileOf } from '../../../core/org/chart/row-files.ts';
import type { Member } from '../../../core/org/org.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';

/** An id for what is drawn and not there yet; never the same twice. */
export type FreshId = (kind: string) => string;

export const freshId: FreshId = (kind) =>
  `new_${kind}_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;

export interface Made {
  readonly edits: readonly OrgEditInput[];
  /** What it made, to be selected. */
  readonly ids: readonly string[];
}

export function newMember(chart: OrgChart, teamId: TeamId | null, roleId: RoleId, fresh: FreshId): Made {
  const id = fresh('member');
  const name = freeName(new Set(chart.members.map((member) => member.name)), roleId);
  return { edits: [{ type: 'member.add', teamId, member: { name, role: roleId }, as: id }], ids: [id] };
}

export function newTeam(chart: OrgChart, departmentId: DepartmentId, fresh: FreshId): Made {
  const id = fresh('team');
  const taken = chart.teams.filter((team) => team.departmentId === departmentId).map(({ name }) => name);
  return {
    edits: [{ type: 'team.add', departmentId, name: freeName(new Set(taken), 'team'), as: id }],
    ids: [id],
  };
}

export function newDepartment(chart: OrgChart, fresh: FreshId): Made {
  const id = fresh('department');
  const team = fresh('team');
  const name = freeName(new Set(chart.departments.map((department) => department.name)), 'department');
  return {
    edits: [
      { type: 'department.add', name, as: id },
      { type: 'team.add', departmentId: id, name: 'team', as: team },
    ],
    ids: [id],
  };
}

/** Copies of members, in a team; each beside its original when no team is named. */
export function copiesOf(
  chart: OrgChart,
  members: readonly Member[],
  teamId: TeamId | null | undefined,
  fresh: FreshId,
): Made {
  const taken = new Set(chart.members.map(({ name }) => name));
  const made = members.map((member) => {
    const id = fresh('member');
    const name = freeName(taken, member.name);
    taken.add(name);
    const to = teamId === undefined ? member.teamId : teamId;
    return {
      id,
      edit: { type: 'member.add' as const, teamId: to, member: { ...memberFileOf(member), name }, as: id },
    };
  });
  return { edits: made.map(({ edit }) => edit), ids: made.map(({ id }) => id) };
}

/** `ada`, then `ada_2`, `ada_3` …; a number that is there already is counted on. */
export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d{1,6}$/, '').slice(0, 70);
  for (let number = 2; ; number += 1) {
    const name = `${stem}_${number}`;
    if (!taken.has(name)) return name;
  }
}
