/** Tasks with what holds them. */
import type { QueryParams, TaskView } from '../../contract/queries.ts';
import { called } from '../../core/called.ts';
import { gatesOf } from '../../core/gate/ask.ts';
import { requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { goesBefore } from '../../core/task/ready-index.ts';
import type { Task } from '../../core/task/task.ts';
import { waitingBecause } from '../../core/task/waiting-because.ts';
import type { EpochMs } from '../../core/units.ts';

/** The most urgent first, then the oldest. */
export function taskList(state: CompanyState, query: QueryParams<'tasks'>, now: EpochMs): TaskView[] {
  const { after, limit } = query;
  return matchingTasks(state, query)
    .filter((task) => after === undefined || goesBefore(after, task))
    .sort((a, b) => (goesBefore(a, b) ? -1 : 1))
    .slice(0, limit)
    .map((task) => taskView(state, task, now));
}

type Filter = QueryParams<'taskCount'>;

/** In no order. */
export function matchingTasks(state: CompanyState, filter: Filter): Task[] {
  const { state: wanted, epicId, gateId, called: key } = filter;
  const matching = [...candidates(state, filter)].filter(
    (task) =>
      (wanted === undefined || task.state === wanted) &&
      (epicId === undefined || task.epicId === epicId) &&
      (gateId === undefined || task.review?.gateId === gateId),
  );
  return key === undefined ? matching : called(key, matching, ({ id, title }) => ({ id, name: title }));
}

/** Few enough to look at each: by the narrowest index that there is. */
function candidates(
  { index, tasks }: CompanyState,
  { state: wanted, epicId, gateId }: Filter,
): Iterable<Task> {
  if (gateId !== undefined) return index.reviewsByGate.get(gateId);
  if (wanted !== undefined) return index.tasksByState.get(wanted);
  return epicId === undefined ? tasks.values() : index.tasksByEpic.get(epicId);
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
