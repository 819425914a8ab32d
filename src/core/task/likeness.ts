/** Which tasks are alike to whoever looks for one: if one of them is not for them, none is. */
import type { CompanyState } from '../state.ts';
import type { Task } from './task.ts';

/**
 * A name that the task shares with those like it: the same step of the same workflow in whatever epic. Null: it must
 * be looked at by itself, since it is kept for somebody, or what others did decides who may take it.
 */
export function likeness(state: CompanyState, task: Task): string | null {
  if (task.reserved || task.review) return null;
  const { roleId, requiresCapabilities, stepId } = task;
  if (task.kind === 'single') return `single ${roleId} ${requiresCapabilities.join(' ')}`;
  const epic = task.epicId && state.epics.get(task.epicId);
  if (!epic || state.index.dependents.some(task.id, ({ gatesBefore }) => gatesBefore.length > 0)) return null;
  return `step ${epic.workflow.name} ${epic.workflow.version} ${stepId}`;
}
