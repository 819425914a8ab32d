/** The task of whoever holds its lease, as its worktree needs it. Pure. */
import { CoordError } from '../../core/error.ts';
import type { CommitHash, MemberId, Seq, TaskId } from '../../core/ids.ts';
import { requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { headOf } from '../../core/task/merge.ts';
import type { Task } from '../../core/task/task.ts';

/** Whose lease it is. */
export interface TreeHolder {
  readonly memberId: MemberId;
  readonly taskId: TaskId;
  readonly token: Seq;
}

export interface HeldTask {
  readonly task: Task;
  /** The name of the member. */
  readonly author: string;
  /** Of the epic; of the task where it belongs to none. */
  readonly title: string;
  /** Where the branch of the epic is; null: it has not begun. */
  readonly head: CommitHash | null;
  /** What a review is about; null: it is none, or about no change. */
  readonly judged: CommitHash | null;
}

/** @throws CoordError `LEASE_LOST` */
export function heldTask(state: CompanyState, { memberId, taskId, token }: TreeHolder): HeldTask {
  const task = requireTask(state, taskId);
  if (task.lease?.memberId !== memberId || task.lease.token !== token) throw treeLost(taskId);
  const epic = task.epicId === null ? undefined : state.epics.get(task.epicId);
  const author = state.members.get(memberId)?.name ?? memberId;
  return {
    ...{ task, author, title: epic?.title ?? task.title, head: headOf(state, task) },
    judged: judgedBy(state, task),
  };
}

export function treeLost(taskId: TaskId): CoordError {
  return new CoordError(
    'LEASE_LOST',
    `The worktree of the task ${taskId} is its holder's alone, while the lease holds: stop working on it`,
    { taskId },
  );
}

/** The change that a review is about; null: it is none, or about none. */
function judgedBy(state: CompanyState, { review }: Task): CommitHash | null {
  const taskId = review && state.gates.get(review.gateId)?.taskId;
  return (taskId && state.tasks.get(taskId)?.submission?.change?.commit) || null;
}
