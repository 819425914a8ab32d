/** Which states of a task are final. */
import type { Task } from './task.ts';

/** Done, failed or cancelled; a failed task can be retried. */
export function isOver({ state }: Pick<Task, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
