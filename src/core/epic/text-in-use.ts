/** Whether work has begun with the text of an epic that gates approved, so that it can't be changed any more. */
import { canStart } from '../gate/ask.ts';
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';

/** A gated first step that no longer waits at its gates. A text that no gate is asked about is nobody's to approve. */
export function isTextInUse(state: CompanyState, epicId: EpicId): boolean {
  for (const task of state.index.tasksByEpic.get(epicId)) {
    if (task.dependsOn.length > 0 || task.gatesBefore.length === 0) continue;
    if (task.state !== 'cancelled' && !canStart(state, task)) return true;
  }
  return false;
}
