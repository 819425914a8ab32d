/** What takes back edits that were applied, and nothing that others have made since. Pure. */
import type { OrgEditInput } from '../org-commands.ts';
import { editsBetween } from './edits-between.ts';
import { mergeCharts } from './merge-charts.ts';
import type { OrgChart } from './org-chart.ts';
import { withIdsOf } from './rename-ids.ts';

/** A chart that was changed, as one drew it: what was added may have an id that begins with `new_`. */
export interface AppliedEdits {
  readonly before: OrgChart;
  readonly after: OrgChart;
}

/** What was applied and then changed by somebody stays as they made it. */
export function editsToTakeBack({ before, after }: AppliedEdits, now: OrgChart): OrgEditInput[] {
  return editsBetween(now, mergeCharts(withIdsOf(now, after), before, now, 'theirs').chart);
}
