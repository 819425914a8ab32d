/** Which task stands in which column and lane of the board, and in which order. Pure. */
import type { EpicId, MemberId, RoleId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { goesBefore } from '../../../core/task/ready-index.ts';
import type { Task, TaskState } from '../../../core/task/task.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import type { BoardView, Grouping } from './board-view.ts';
import { strings } from './strings.ts';

/** The columns of the states, from left to right. */
export const stateColumns = ['blocked', 'ready', 'leased', 'awaiting_gate', 'ended'] as const;
export type StateColumn = (typeof stateColumns)[number];

export interface BoardGroup {
  /** Of its grouping: a state column, a priority, an id; `none` stands for what belongs to no such thing. */
  readonly key: string;
  readonly title: string;
}

export interface BoardColumn extends BoardGroup {
  readonly tasks: readonly Task[];
}

export interface BoardLane extends BoardGroup {
  readonly count: number;
  /** One for each column of the board, in its order. */
  readonly columns: readonly BoardColumn[];
}

export interface BoardGrid {
  readonly columns: readonly (BoardGroup & { readonly count: number })[];
  readonly lanes: readonly BoardLane[];
}

export type BoardFilter = Pick<BoardView, 'reviews' | 'text' | 'priority' | 'roleId' | 'memberId'> & {
  readonly epicId: EpicId | null;
};

export const noGroup = 'none';

const columnOfState: Record<TaskState, StateColumn> = {
  blocked: 'blocked',
  ready: 'ready',
  leased: 'leased',
  awaiting_gate: 'awaiting_gate',
  done: 'ended',
  failed: 'ready',
  cancelled: 'ended',
};

export function boardGrid(
  state: CompanyState,
  { columns: by, lanes: across }: Pick<BoardView, 'columns' | 'lanes'>,
  filter: BoardFilter,
): BoardGrid {
  const tasks = shownTasks(state, filter);
  const columns = groupsOf(state, by, tasks);
  const lanes = across === null ? [{ key: noGroup, title: '' }] : groupsOf(state, across, tasks);
  const cells = new Map(
    lanes.map(({ key }) => [key, new Map(columns.map((column) => [column.key, [] as Task[]]))]),
  );
  for (const task of tasks) {
    const lane = across === null ? noGroup : groupKey(state, across, task);
    cells
      .get(lane)
      ?.get(groupKey(state, by, task))
      ?.push(task);
  }
  const grid = lanes.map((lane) => {
    const filled = columns.map((column) => ({
      ...column,
      tasks: inOrder(cells.get(lane.key)?.get(column.key) ?? []),
    }));
    return { ...lane, columns: filled, count: filled.reduce((sum, column) => sum + column.tasks.length, 0) };
  });
  return {
    columns: columns.map((column, at) => ({
      ...column,
      count: grid.reduce((sum, lane) => sum + (lane.columns[at]?.tasks.length ?? 0), 0),
    })),
    lanes: grid,
  };
}

/** The key of the group that a task is in. */
export function groupKey(state: CompanyState, by: Grouping, task: Task): string {
  switch (by) {
    case 'state':
      return columnOfState[task.state];
    case 'priority':
      return task.priority;
    case 'department':
      return departmentOf(state, task.roleId) ?? noGroup;
    case 'role':
      return task.roleId ?? noGroup;
    case 'member':
      return task.lease?.memberId ?? task.assigneeId ?? noGroup;
    case 'epic':
      return task.epicId ?? noGroup;
  }
}

function departmentOf(state: CompanyState, roleId: RoleId | null): string | null {
  return roleId === null ? null : (state.roles.get(roleId)?.department ?? null);
}

/** States and priorities are all there, always; of the rest those that have a card, and what has none last. */
function groupsOf(state: CompanyState, by: Grouping, tasks: readonly Task[]): BoardGroup[] {
  if (by === 'state') return stateColumns.map((key) => ({ key, title: strings.columns[key] }));
  if (by === 'priority') {
    return priorities.toReversed().map((key) => ({ key, title: shared.priorities[key] }));
  }
  const keys = new Set(tasks.map((task) => groupKey(state, by, task)));
  const named = [...keys]
    .filter((key) => key !== noGroup)
    .map((key) => ({ key, title: titleOf(state, by, key) }));
  named.sort((a, b) => a.title.localeCompare(b.title));
  return keys.has(noGroup) || named.length === 0
    ? [...named, { key: noGroup, title: strings.noGroup[by] }]
    : named;
}

function titleOf(state: CompanyState, by: Exclude<Grouping, 'state' | 'priority'>, key: string): string {
  switch (by) {
    case 'department':
    case 'role':
      return key;
    case 'member':
      return state.members.get(key as MemberId)?.name ?? key;
    case 'epic':
      return state.epics.get(key as EpicId)?.title ?? key;
  }
}

function shownTasks(state: CompanyState, filter: BoardFilter): Task[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const candidates = filter.epicId ? state.index.tasksByEpic.get(filter.epicId) : state.tasks.values();
  return [...candidates].filter((task) => isShown(state, task, filter, words));
}

function isShown(
  state: CompanyState,
  task: Task,
  { reviews, priority, roleId, memberId }: BoardFilter,
  words: readonly string[],
): boolean {
  // A review that was not needed any more is noise.
  if (task.kind === 'review' && (!reviews || task.state === 'cancelled')) return false;
  if (priority !== null && task.priority !== priority) return false;
  if (roleId !== null && task.roleId !== roleId) return false;
  if (memberId !== null && groupKey(state, 'member', task) !== memberId) return false;
  if (words.length === 0) return true;
  const assignee = task.assigneeId ? state.members.get(task.assigneeId)?.name : '';
  const epic = task.epicId ? state.epics.get(task.epicId)?.title : '';
  const haystack =
    `${task.title} ${task.roleId ?? ''} ${assignee} ${epic} ${task.tags.join(' ')} ${task.id}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** What goes on before what has ended; failed ones on top, for they need a decision; then by priority and age. */
function inOrder(tasks: Task[]): Task[] {
  return tasks.sort(
    (a, b) => rank(a) - rank(b) || (hasEnded(a) ? endOf(b) - endOf(a) : goesBefore(a, b) ? -1 : 1),
  );
}

const rank = (task: Task) => (task.state === 'failed' ? 0 : hasEnded(task) ? 2 : 1);
const hasEnded = ({ state }: Task) => columnOfState[state] === 'ended';
const endOf = ({ attempts, createdAt }: Task) => attempts.at(-1)?.endedAt ?? createdAt;
