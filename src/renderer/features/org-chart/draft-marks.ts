/** Which rows the draft adds and changes. Pure. */
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';

export function draftMarks(base: OrgChart, chart: OrgChart): ReadonlyMap<string, 'new' | 'changed'> {
  const marks = new Map<string, 'new' | 'changed'>();
  for (const table of ['departments', 'teams', 'members'] as const) {
    const before = new Map<string, unknown>(base[table].map((row) => [row.id, row]));
    for (const row of chart[table]) {
      const was = before.get(row.id);
      if (was === row) continue;
      if (was === undefined) marks.set(row.id, 'new');
      else if (JSON.stringify(was) !== JSON.stringify(row)) marks.set(row.id, 'changed');
    }
  }
  return marks;
}
