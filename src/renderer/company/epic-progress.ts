/** How far an epic is: done over all, each step by its weight. Reviews don't count. */
import type { EpicId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

export interface EpicProgress {
  /** From 0 to 1. */
  readonly share: number;
  readonly done: number;
  readonly total: number;
}

export function epicProgress(state: CompanyState, epicId: EpicId): EpicProgress {
  const tasks = [...state.index.tasksByEpic.get(epicId)].filter(({ kind }) => kind === 'step');
  const done = tasks.filter(({ state: at }) => at === 'done');
  const weight = (some: readonly Task[]) => some.reduce((sum, { complexity }) => sum + complexity, 0);
  return {
    share: tasks.length === 0 ? 0 : weight(done) / weight(tasks),
    done: done.length,
    total: tasks.length,
  };
}
