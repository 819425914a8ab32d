/** Whether what a task handed in is there for others: done, and merged when it is a change of a worktree. */
import type { CompanyState } from '../state.ts';
import type { Task } from './task.ts';

export function isDelivered(task: Pick<Task, 'state' | 'submission' | 'merge'> | undefined): boolean {
  return task?.state === 'done' && !isUnmerged(task);
}

/** Its gates are open, and its change has yet to come into the branch of its epic. */
export function isUnmerged({
  state,
  submission,
  merge,
}: Pick<Task, 'state' | 'submission' | 'merge'>): boolean {
  const change = submission?.change;
  return state === 'done' && change !== undefined && merge?.commit !== change.commit;
}

/** All that have yet to be merged, those that were created first, first. */
export function unmergedTasks(state: CompanyState): Task[] {
  return [...state.index.tasksByState.get('done')].filter(isUnmerged).sort((a, b) => a.order - b.order);
}
