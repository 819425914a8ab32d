/** What a gate stands at: the task of its step and its epic. An approval outside workflows has neither. */
import type { Epic } from '../epic/epic.ts';
import type { CompanyState } from '../state.ts';
import type { Task } from '../task/task.ts';
import type { Gate } from './gate.ts';

export function gatedTask({ tasks }: Pick<CompanyState, 'tasks'>, { taskId }: Gate): Task | undefined {
  return taskId === null ? undefined : tasks.get(taskId);
}

export function gatedEpic({ epics }: Pick<CompanyState, 'epics'>, { epicId }: Gate): Epic | undefined {
  return epicId === null ? undefined : epics.get(epicId);
}
