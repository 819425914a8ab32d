/** The same chart with other ids, also where one row names another. Pure. */
import type { OrgChart } from './org-chart.ts';

/** @param names by the id that a department, team or member has; what is not in it keeps its own */
export function renameIds(chart: OrgChart, names: ReadonlyMap<string, string>): OrgChart {
  if (names.size === 0) return chart;
  const as = <Id extends string | null>(id: Id): Id => ((id !== null && names.get(id)) || id) as Id;
  return {
    ...chart,
    departments: chart.departments.map((row) => ({ ...row, id: as(row.id), headId: as(row.headId) })),
    teams: chart.teams.map((row) => ({
      ...row,
      id: as(row.id),
      departmentId: as(row.departmentId),
      leadId: as(row.leadId),
    })),
    members: chart.members.map((row) => ({ ...row, id: as(row.id), teamId: as(row.teamId) })),
  };
}

/** What was only drawn when `chart` was, and has been applied since, goes by the id that it has in `now`: it is known by its name. */
export function withIdsOf(now: OrgChart, chart: OrgChart): OrgChart {
  const names = new Map<string, string>();
  for (const table of ['departments', 'teams', 'members'] as const) {
    const there = new Set<string>(now[table].map(({ id }) => id));
    const known = new Set<string>(chart[table].map(({ id }) => id));
    for (const { id, name } of chart[table]) {
      if (there.has(id) || !id.startsWith('new_')) continue;
      const row = now[table].find((one) => one.name === name && !known.has(one.id));
      if (row) {
        names.set(id, row.id);
        known.add(row.id);
      }
    }
  }
  return renameIds(chart, names);
}
