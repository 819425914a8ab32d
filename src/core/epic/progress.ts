/** How far an epic is: its done steps by weight. Reviews don't count. */
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { isDelivered } from '../task/delivered.ts';

export interface Progress {
  /** By weight, from 0 to 1. */
  readonly progress: number;
  readonly done: number;
  readonly total: number;
}

export function progressOf(state: CompanyState, epicId: EpicId): Progress {
  const steps = [...state.index.tasksByEpic.get(epicId)].filter(({ kind }) => kind === 'step');
  const done = steps.filter((task) => task.state === 'done');
  const weight = (tasks: typeof steps) => tasks.reduce((sum, { complexity }) => sum + complexity, 0);
  const all = weight(steps);
  return { progress: all === 0 ? 0 : weight(done) / all, done: done.length, total: steps.length };
}

export function isFinished(state: CompanyState, epicId: EpicId): boolean {
  for (const task of state.index.tasksByEpic.get(epicId)) {
    if (task.kind === 'step' && !isDelivered(task)) return false;
  }
  return true;
}
