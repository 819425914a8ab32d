/** Two charts that began as one become one again: what each side changed since is kept, and what both changed is named. Pure. */
import type { RowConflict, RowSide } from '../../merge-rows.ts';
import { mergeFields, mergeRows } from '../../merge-rows.ts';
import type { OrgChart } from './org-chart.ts';

type ChartTable = 'roles' | 'departments' | 'teams' | 'members' | 'workflows';

export interface ChartConflict extends RowConflict {
  /** `company`: its name, or its policy. */
  readonly table: ChartTable | 'company';
}

export interface MergedCharts {
  readonly chart: OrgChart;
  readonly conflicts: readonly ChartConflict[];
}

/**
 * Rows are the same when their ids are.
 * @param base what both sides began with
 */
export function mergeCharts(base: OrgChart, mine: OrgChart, theirs: OrgChart, side: RowSide): MergedCharts {
  const conflicts: ChartConflict[] = [];
  const about = (table: ChartConflict['table'], found: readonly RowConflict[]) =>
    conflicts.push(...found.map((conflict) => ({ table, ...conflict })));
  const named = mergeFields({ name: base.name }, { name: mine.name }, { name: theirs.name }, side);
  const policy = mergeFields(base.policy, mine.policy, theirs.policy, side);
  about(
    'company',
    [...named.conflicts, ...policy.conflicts].map((field) => ({ id: '', field })),
  );
  const rowsOf = <Row extends { readonly id: string }>(
    table: ChartTable,
    of: (chart: OrgChart) => readonly Row[],
  ) => {
    const merged = mergeRows(of(base), of(mine), of(theirs), side);
    about(table, merged.conflicts);
    return merged.rows;
  };
  return {
    chart: {
      name: named.row.name,
      policy: policy.row,
      roles: rowsOf('roles', ({ roles }) => roles),
      departments: rowsOf('departments', ({ departments }) => departments),
      teams: rowsOf('teams', ({ teams }) => teams),
      members: rowsOf('members', ({ members }) => members),
      workflows: rowsOf('workflows', ({ workflows }) => workflows),
    },
    conflicts,
  };
}
