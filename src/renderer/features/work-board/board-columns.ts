/** Which task stands in which column of the board, and in which order. Pure. */
import type { EpicId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { goesBefore } from '../../../core/task/ready-index.ts';
import type { Task, TaskState } from '../../../core/task/task.ts';
import { strings } from './strings.ts';

export type ColumnId = keyof typeof strings.columns;

export interface BoardFilter {
  readonly epicId: EpicId | null;
  readonly reviews: boolean;
  /** Words that the title, the role or the assignee must have. */
  readonly text: string;
}

export interface BoardColumn {
  readonly id: ColumnId;
  readonly title: string;
  readonly tasks: readonly Task[];
}

const columnOf: Record<TaskState, ColumnId> = {
  blocked: 'blocked',
  ready: 'ready',
  leased: 'leased',
  awaiting_gate: 'awaiting_gate',
  done: 'ended',
  failed: 'ready',
  cancelled: 'ended',
};

const order: readonly ColumnId[] = ['blocked', 'ready', 'leased', 'awaiting_gate', 'ended'];

export function boardColumns(state: CompanyState, filter: BoardFilter): BoardColumn[] {
  const columns = new Map<ColumnId, Task[]>(order.map((id) => [id, []]));
  const candidates = filter.epicId ? state.index.tasksByEpic.get(filter.epicId) : state.tasks.values();
  for (const task of candidates) {
    if (isShown(state, task, filter)) columns.get(columnOf[task.state])?.push(task);
  }
  return order.map((id) => ({
    id,
    title: strings.columns[id],
    tasks: (columns.get(id) ?? []).sort(id === 'ended' ? latestFirst : urgentFirst),
  }));
}

function isShown(state: CompanyState, task: Task, { reviews, text }: BoardFilter): boolean {
  if (task.kind === 'review') {
    // A review that was not needed any more is noise.
    if (!reviews || task.state === 'cancelled') return false;
  }
  if (text === '') return true;
  const assignee = task.assigneeId ? state.members.get(task.assigneeId)?.name : '';
  const haystack = `${task.title} ${task.roleId ?? ''} ${assignee}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Failed ones on top, for they need a decision; then by priority and age. */
function urgentFirst(a: Task, b: Task): number {
  const failed = Number(b.state === 'failed') - Number(a.state === 'failed');
  if (failed !== 0) return failed;
  return goesBefore(a, b) ? -1 : 1;
}

function latestFirst(a: Task, b: Task): number {
  return (b.attempts.at(-1)?.endedAt ?? b.createdAt) - (a.attempts.at(-1)?.endedAt ?? a.createdAt);
}
