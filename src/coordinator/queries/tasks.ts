/** Tasks with what holds them. */
import type { QueryParams, TaskView } from '../../contract/queries.ts';
import { gatesOf } from '../../core/gate/ask.ts';
import { requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { goesBefore } from '../../core/task/ready-index.ts';
import type { Task } from '../../core/task/task.ts';
import { waitingBecause } from '../../core/task/waiting-because.ts';
import type { EpochMs } from '../../core/units.ts';

/** The most urgent first, then the oldest. */
export function taskList(
  state: CompanyState,
  { state: wanted, epicId, limit }: QueryParams<'tasks'>,
  now: EpochMs,
): TaskView[] {
  const tasks = wanted
    ? state.index.tasksByState.get(wanted)
    : epicId
      ? state.index.tasksByEpic.get(epicId)
      : state.tasks.values();
  return [...tasks]
    .filter((task) => epicId === undefined || task.epicId === epicId)
    .sort((a, b) => (goesBefore(a, b) ? -1 : 1))
    .slice(0, limit)
    .map((task) => taskView(state, task, now));
}

/** @throws CoordError `NOT_FOUND` */
export function taskById(state: CompanyState, { taskId }: QueryParams<'task'>, now: EpochMs): TaskView {
  return taskView(state, requireTask(state, taskId), now);
}

function taskView(state: CompanyState, task: Task, now: EpochMs): TaskView {
  return {
    task,
    waitingBecause: waitingBecause(state, task, now),
    gates: gatesOf(state, [...task.gatesBefore, ...task.gatesAfter]),
  };
}
