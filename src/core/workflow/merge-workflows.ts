/** Two drawings of a workflow that began as one become one again, step by step and field by field. Pure. */
import type { RowConflict, RowSide } from '../merge-rows.ts';
import { mergeFields, mergeRows } from '../merge-rows.ts';
import type { Workflow } from './workflow.ts';

export interface MergedWorkflows {
  readonly workflow: Workflow;
  /** By the id of the step; by that of the workflow: its priority. */
  readonly conflicts: readonly RowConflict[];
}

/** @param base what both began as */
export function mergeWorkflows(
  base: Workflow,
  mine: Workflow,
  theirs: Workflow,
  side: RowSide,
): MergedWorkflows {
  const steps = mergeRows(base.steps, mine.steps, theirs.steps, side);
  const whole = ({ priority }: Workflow) => ({ priority });
  const { row, conflicts } = mergeFields(whole(base), whole(mine), whole(theirs), side);
  return {
    workflow: { ...mine, ...row, steps: steps.rows },
    conflicts: [...conflicts.map((field) => ({ id: mine.id, field })), ...steps.conflicts],
  };
}
