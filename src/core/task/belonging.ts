/** What a task belongs to through the one that it is a part of, or whose question it answers. Pure. */
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Task } from './task.ts';

/** For whose sake it is done; undefined: for its own. */
export function wholeOf({ tasks }: Pick<CompanyState, 'tasks'>, task: Task): Task | undefined {
  const id = task.partOf ?? task.answers;
  return id === null ? undefined : tasks.get(id);
}

/** The epic that its cost, its text and its change belong to; null: none. */
export function epicIdOf(state: Pick<CompanyState, 'tasks'>, task: Task): EpicId | null {
  let at: Task | undefined = task;
  while (at && at.epicId === null) at = wholeOf(state, at);
  return at?.epicId ?? null;
}
