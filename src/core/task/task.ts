/** A task: one step of one story, the review of a gate's slot, or a piece of work of its own. */
import type { Amount } from '../budget/budget.ts';
import type {
  ArtifactHash,
  Capability,
  CommitHash,
  EpicId,
  GateId,
  HostId,
  MemberId,
  RoleId,
  Seq,
  StepId,
  StoryId,
  TaskId,
  WorkerId,
} from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { Priority } from '../workflow/workflow.ts';
import type { Proof } from './proof.ts';

/** `blocked → ready → leased → (awaiting_gate) → done`, or `failed`, or `cancelled`. */
export type TaskState = 'blocked' | 'ready' | 'leased' | 'awaiting_gate' | 'done' | 'failed' | 'cancelled';

/** A timed claim on a task. Only the holder with the current token may renew, complete, fail or release. */
export interface Lease {
  readonly memberId: MemberId;
  /** Null when it was claimed by somebody without a worker, such as a human. */
  readonly workerId: WorkerId | null;
  /** Where it was claimed, and by whose clock it runs out; null: that host shared the log with no other. */
  readonly hostId: HostId | null;
  /** The `seq` of the claim's own event: strictly rising over the claims of a company. */
  readonly token: Seq;
  /** Null: a human's claim, which does not run out. */
  readonly until: EpochMs | null;
}

export type AttemptOutcome = 'submitted' | 'failed' | 'expired' | 'released' | 'cancelled';

export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  readonly memberId: MemberId;
  readonly workerId: WorkerId | null;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly outcome: AttemptOutcome | null;
  /** Why it failed, ran out or was released. */
  readonly reason: string | null;
}

export interface Artifact {
  readonly hash: ArtifactHash;
  /** Path inside the task's result, with `/`; for people and for the file name on disk. */
  readonly path: string;
  readonly bytes: number;
}

/** What an attempt did in its git worktree, with what its parts did: on top of the branch that it began from. */
export interface TreeChange {
  readonly commit: CommitHash;
  /** What it began from: the branch of its epic then, or the work on what it is a part of. */
  readonly base: CommitHash;
  /** Where the commit is, and is merged; null: that host shared the log with no other. */
  readonly hostId: HostId | null;
}

/** What became of a change. */
export interface Merge {
  readonly commit: CommitHash;
  /** The branch of its epic after that. */
  readonly head: CommitHash;
}

/** What an attempt handed in. */
export interface Submission {
  /** The hash that sign-offs are given for: of the artifact, or of the manifest when there are several. */
  readonly hash: ArtifactHash;
  readonly artifacts: readonly Artifact[];
  readonly memberId: MemberId;
  readonly at: EpochMs;
  /** What it did in its worktree; left out: it had none, or changed nothing. */
  readonly change?: TreeChange;
  /** That the checks of its step passed; left out: the step has none. */
  readonly proof?: Proof;
}

/** A rejection that came back with the task. */
export interface RejectionNote {
  /** Null: no gate did it, its change did not fit into the branch of its epic. */
  readonly gateId: GateId | null;
  readonly gateName: string;
  /** Null: the gate's time ran out. */
  readonly by: MemberId | null;
  readonly note: string;
  readonly at: EpochMs;
  readonly artifactHash: ArtifactHash;
  /** The gate's time ran out and nobody had signed since it was asked. */
  readonly unanswered: boolean;
}

/** The slot that a review task fills when it is answered. */
export interface ReviewOf {
  readonly gateId: GateId;
  readonly roleId: RoleId;
  readonly artifactHash: ArtifactHash;
  /** The agent whom somebody asked by name; left out: of whoever’s turn it is. */
  readonly askedOf?: MemberId;
}

/** The call that was refused. */
export interface AwaitedBudget extends Amount {
  readonly memberId: MemberId;
}

/** What somebody said to a question, or handed in to answer it. */
export interface QuestionAnswer {
  readonly by: MemberId;
  /** Empty: the artifacts are the answer. */
  readonly text: string;
  readonly artifacts: readonly Artifact[];
  readonly at: EpochMs;
}

/** What whoever worked on a task had to know from somebody. */
export interface TaskQuestion {
  /** 1 for the first about the task. */
  readonly number: number;
  readonly by: MemberId;
  readonly to: MemberId;
  readonly text: string;
  readonly at: EpochMs;
  /** The task by which an agent answers; null: a person is asked. */
  readonly taskId: TaskId | null;
  readonly answer: QuestionAnswer | null;
}

/** With what a lead sent a part back. */
export interface ReturnNote {
  readonly by: MemberId;
  readonly note: string;
  readonly at: EpochMs;
  readonly artifactHash: ArtifactHash;
}

export interface Task {
  readonly id: TaskId;
  readonly kind: 'step' | 'review' | 'single';
  readonly title: string;
  readonly description: string;
  readonly epicId: EpicId | null;
  readonly storyId: StoryId | null;
  readonly stepId: StepId | null;
  /** Who may take it: the role or one that inherits it. Null: any member. */
  readonly roleId: RoleId | null;
  readonly requiresCapabilities: readonly Capability[];
  readonly tags: readonly string[];
  readonly priority: Priority;
  readonly complexity: number;
  readonly dependsOn: readonly TaskId[];
  readonly checks: readonly string[];
  /** The gates before and after it, in the order of the workflow file. */
  readonly gatesBefore: readonly GateId[];
  readonly gatesAfter: readonly GateId[];
  readonly review: ReviewOf | null;
  readonly state: TaskState;
  /** Since when it has been ready, or kept for the one it is assigned to now; null while it is not ready. */
  readonly readyAt: EpochMs | null;
  /** Who took it last; rework goes back to them. */
  readonly assigneeId: MemberId | null;
  /** Only the assignee may claim it while they are there: it was sent back to them or assigned. */
  readonly reserved: boolean;
  readonly lease: Lease | null;
  readonly attempts: readonly Attempt[];
  /** Failures since the last submission; the task has failed when they reach `maxAttempts`. */
  readonly failures: number;
  readonly maxAttempts: number;
  /** Why it has failed; null unless it has. */
  readonly failedBecause: string | null;
  /** How many attempts and notes a retry has forgiven: only those after them show whether it goes in circles. */
  readonly forgiven: { readonly attempts: number; readonly notes: number };
  /** Blocked until then after a failed attempt; null when it waits for something else. */
  readonly retryAt: EpochMs | null;
  /** Blocked until there is room for such a call in the budgets of that member, the epic and the company. */
  readonly awaitsBudget: AwaitedBudget | null;
  readonly notes: readonly RejectionNote[];
  /** Oldest first. While the last has no answer, the task is blocked. */
  readonly questions: readonly TaskQuestion[];
  /** The task whose question it answers. */
  readonly answers: TaskId | null;
  /** The task that it is a part of. */
  readonly partOf: TaskId | null;
  /** What it was divided into, in the order of the lead. */
  readonly parts: readonly TaskId[];
  /** Blocked until every part is over. */
  readonly awaitsParts: boolean;
  /** Oldest first. */
  readonly returns: readonly ReturnNote[];
  readonly submission: Submission | null;
  /** Of the last change that was merged; left out: none was. */
  readonly merge?: Merge;
  readonly createdAt: EpochMs;
  /** The host that created it, whose agents take it before others do; null: there was only one. */
  readonly home: HostId | null;
  /** The `seq` of its creation: the older of two equals goes first. */
  readonly order: Seq;
}
