/** How an epic can be looked at: where its time went, as a drawing, and on the map of its workflow. */
import type { Epic } from '../../../core/epic/epic.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';

const views = ['timeline', 'graph', 'map'] as const;
export type View = (typeof views)[number];

/**
 * @param current the workflow of that name as it stands now: an epic keeps the steps of the version that it began with, so
 *   the map of another one would show steps that it never had
 */
export function viewsOf(
  { workflow }: Pick<Epic, 'workflow'>,
  current: Pick<Workflow, 'version'> | undefined,
): readonly View[] {
  const hasMap = current?.version === workflow.version;
  return views.filter((view) => view !== 'map' || hasMap);
}
