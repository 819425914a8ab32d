/** The task of whoever holds its lease, and where its worktree begins, as the log has it. Pure. */
import { CoordError } from '../../core/error.ts';
import type { CommitHash, MemberId, Seq, TaskId } from '../../core/ids.ts';
import { requireTask } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { wholeOf } from '../../core/task/belonging.ts';
import { headOf } from '../../core/task/merge.ts';
import type { Task } from '../../core/task/task.ts';
import type { EpochMs } from '../../core/units.ts';

/** Whose lease it is. */
export interface TreeHolder {
  readonly memberId: MemberId;
  readonly taskId: TaskId;
  readonly token: Seq;
}

/** The work of a part that was let through. */
export interface MergedPart {
  readonly title: string;
  readonly taskId: TaskId;
  readonly commit: CommitHash;
  readonly memberId: MemberId;
  /** The name of the member. */
  readonly author: string;
  readonly at: EpochMs;
}

/** Where the tree of a task begins, and what comes into it. */
export interface Origin {
  readonly task: Pick<Task, 'id' | 'title' | 'epicId'>;
  /** Of the epic; of the task where it belongs to none. */
  readonly title: string;
  /** Where the branch of the epic is; null: it has not begun. */
  readonly head: CommitHash | null;
  /** Of the task itself, in the order of its lead. */
  readonly parts: readonly MergedPart[];
  /** What it is a part of, or answers a question about: it begins with the work on that. Null: it is for itself. */
  readonly above: Origin | null;
}

export interface HeldTask {
  readonly task: Task;
  /** The name of the member. */
  readonly author: string;
  /** What a review is about; null: it is none, or about no change. */
  readonly judged: CommitHash | null;
  readonly origin: Origin;
}

/** @throws CoordError `LEASE_LOST` */
export function heldTask(state: CompanyState, { memberId, taskId, token }: TreeHolder): HeldTask {
  const task = requireTask(state, taskId);
  if (task.lease?.memberId !== memberId || task.lease.token !== token) throw treeLost(taskId);
  const author = nameOf(state, memberId);
  return { task, author, judged: judgedBy(state, task), origin: originOf(state, task) };
}

export function originOf(state: CompanyState, task: Task): Origin {
  const epic = task.epicId === null ? undefined : state.epics.get(task.epicId);
  const above = wholeOf(state, task);
  return {
    task,
    title: epic?.title ?? task.title,
    head: headOf(state, task),
    parts: task.parts.flatMap((id) => mergedPart(state, state.tasks.get(id))),
    above: above ? originOf(state, above) : null,
  };
}

function mergedPart(state: CompanyState, part: Task | undefined): MergedPart[] {
  const { id: taskId, title, merge, attempts } = part ?? {};
  const last = attempts?.at(-1);
  if (!taskId || !merge || !last) return [];
  const { memberId } = last;
  const author = nameOf(state, memberId);
  return [{ title: title ?? '', taskId, commit: merge.commit, memberId, author, at: last.startedAt }];
}

function nameOf({ members }: CompanyState, id: MemberId): string {
  return members.get(id)?.name ?? id;
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
