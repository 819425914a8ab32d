/** What can have happened to a task. */
import type { HostId, MemberId, Seq, TaskId, WorkerId } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { Priority } from '../workflow/workflow.ts';
import type {
  AwaitedBudget,
  Merge,
  QuestionAnswer,
  RejectionNote,
  ReturnNote,
  Submission,
  Task,
} from './task.ts';

/** A task as it is created; the fold adds what follows from the event itself. */
export type NewTask = Pick<
  Task,
  | 'id'
  | 'kind'
  | 'title'
  | 'description'
  | 'epicId'
  | 'storyId'
  | 'stepId'
  | 'roleId'
  | 'requiresCapabilities'
  | 'tags'
  | 'priority'
  | 'complexity'
  | 'dependsOn'
  | 'checks'
  | 'gatesBefore'
  | 'gatesAfter'
  | 'review'
  | 'assigneeId'
  | 'reserved'
  | 'maxAttempts'
>;

export type TaskEvent =
  /** Starts out blocked, unless it is ready at once: nothing keeps it waiting. */
  | {
      readonly type: 'task.created';
      readonly task: NewTask;
      readonly isReady: boolean;
      /** The host that created it; null: there was only one. */
      readonly home: HostId | null;
    }
  | { readonly type: 'task.readied'; readonly taskId: TaskId }
  /** It was ready, and what it builds on is being redone or has yet to pass the gates before it: blocked again. */
  | { readonly type: 'task.held'; readonly taskId: TaskId; readonly reason: string }
  | {
      readonly type: 'task.claimed';
      readonly taskId: TaskId;
      readonly memberId: MemberId;
      readonly workerId: WorkerId | null;
      /** Where it was claimed; left out: where its worker runs. Null, or without a worker: the host shared the log with no other. */
      readonly hostId?: HostId | null;
      /** Null: a human's claim. */
      readonly until: EpochMs | null;
      /** The lease's token when it was given before, provisionally; left out: it is the `seq` of this event. */
      readonly token?: Seq;
    }
  | {
      readonly type: 'task.lease_renewed';
      readonly taskId: TaskId;
      readonly token: Seq;
      readonly until: EpochMs;
    }
  /** Handed in: the gates after it are to judge. */
  | { readonly type: 'task.submitted'; readonly taskId: TaskId; readonly submission: Submission }
  /** With what was handed in, when no gate had to judge it; null: that was `task.submitted`, or it is a review. */
  | { readonly type: 'task.done'; readonly taskId: TaskId; readonly submission: Submission | null }
  /** Blocked until `retryAt`, then ready again. */
  | {
      readonly type: 'task.attempt_failed';
      readonly taskId: TaskId;
      readonly outcome: 'failed' | 'expired';
      readonly reason: string;
      readonly retryAt: EpochMs;
    }
  /** After its last attempt, or because it went in circles: nobody tries again unless somebody says so. */
  | {
      readonly type: 'task.failed';
      readonly taskId: TaskId;
      readonly outcome: 'failed' | 'expired';
      readonly reason: string;
    }
  /** Its holder gave it back unfinished, or it was taken back; ready again at once, if it may begin. */
  | { readonly type: 'task.released'; readonly taskId: TaskId; readonly reason: string }
  /** No budget has room for its next call: blocked until one has. */
  | {
      readonly type: 'task.budget_awaited';
      readonly taskId: TaskId;
      readonly awaits: AwaitedBudget;
      readonly reason: string;
    }
  /** Whoever works on it has to know something from somebody: blocked until that is answered, by the other task if there is one. */
  | {
      readonly type: 'task.asked';
      readonly taskId: TaskId;
      readonly question: { readonly to: MemberId; readonly text: string; readonly taskId: TaskId | null };
    }
  | {
      readonly type: 'task.answered';
      readonly taskId: TaskId;
      readonly number: number;
      readonly answer: Omit<QuestionAnswer, 'at'>;
    }
  /** A lead gave others parts of it. */
  | { readonly type: 'task.divided'; readonly taskId: TaskId; readonly parts: readonly TaskId[] }
  /** The lead waits: blocked until every part is over. */
  | { readonly type: 'task.parts_awaited'; readonly taskId: TaskId }
  /** A part that was done comes back from the lead, ready again for whoever did it. */
  | { readonly type: 'task.returned'; readonly taskId: TaskId; readonly note: Omit<ReturnNote, 'at'> }
  /** A gate rejected it: ready again for its assignee, with the note. */
  | { readonly type: 'task.sent_back'; readonly taskId: TaskId; readonly note: RejectionNote }
  /** Its change is in the branch of its epic. */
  | { readonly type: 'task.merged'; readonly taskId: TaskId; readonly merge: Merge }
  /** Its change did not fit into the branch of its epic: ready again for its author, with the note. */
  | { readonly type: 'task.conflicted'; readonly taskId: TaskId; readonly note: RejectionNote }
  /** A failed task gets a fresh set of attempts. */
  | { readonly type: 'task.retried'; readonly taskId: TaskId }
  | { readonly type: 'task.assigned'; readonly taskId: TaskId; readonly memberId: MemberId | null }
  | { readonly type: 'task.prioritized'; readonly taskId: TaskId; readonly priority: Priority }
  | { readonly type: 'task.cancelled'; readonly taskId: TaskId; readonly reason: string };
