/** The events that concern whoever holds tasks and locks, or is a worker: few of all that happen in a company. */
import type { StoredEvent } from '../core/event.ts';
import type { LockId, TaskId } from '../core/ids.ts';

/** What somebody held until this event; null: it takes nothing from anybody. */
export function takenBy(event: StoredEvent['event']): TaskId | LockId | null {
  switch (event.type) {
    case 'task.cancelled':
    case 'task.released':
    case 'task.attempt_failed':
    case 'task.failed':
      return event.taskId;
    case 'lock.released':
      return event.lockId;
    default:
      return null;
  }
}

/** Whether a holder may have to act on it: something is taken, given again after an outage, or a worker is told to end. */
export function concernsHolders({ event }: Pick<StoredEvent, 'event'>): boolean {
  switch (event.type) {
    case 'worker.draining':
    case 'conflict.recorded':
      return true;
    case 'task.claimed':
    case 'lock.acquired':
      return event.token !== undefined;
    default:
      return takenBy(event) !== null;
  }
}
