/** Which events end the lease of a task, or find it without one. */
import type { CompanyEvent } from '../event.ts';
import type { TaskId } from '../ids.ts';

/** The task that nobody works on after the event; null: it ends no lease. */
export function leaseEndedBy(event: CompanyEvent): TaskId | null {
  switch (event.type) {
    case 'task.submitted':
    case 'task.done':
    case 'task.attempt_failed':
    case 'task.failed':
    case 'task.released':
    case 'task.budget_awaited':
    case 'task.asked':
    case 'task.parts_awaited':
    case 'task.sent_back':
    case 'task.conflicted':
    case 'task.cancelled':
      return event.taskId;
    default:
      return null;
  }
}
