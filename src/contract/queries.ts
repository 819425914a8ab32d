/** Every question that may be asked of a company: its parameters, checked, and the shape of its answer. */
import { z } from 'zod';
import type { Thread } from '../core/board/board.ts';
import type { Conflict } from '../core/conflict/conflict.ts';
import type { Epic, Story } from '../core/epic/epic.ts';
import type { Progress } from '../core/epic/progress.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Gate } from '../core/gate/gate.ts';
import type { Host } from '../core/host/host.ts';
import type { Capability, MemberId, RoleId, Seq, TaskId } from '../core/ids.ts';
import {
  artifactHashSchema,
  capabilitySchema,
  epicIdSchema,
  gateIdSchema,
  memberIdSchema,
  roleIdSchema,
  seqSchema,
  taskIdSchema,
  threadIdSchema,
  workerIdSchema,
  workflowNameSchema,
} from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import { scopeSchema } from '../core/lock/lock-commands.ts';
import type { AgentState } from '../core/org/availability.ts';
import type { Company, Member } from '../core/org/org.ts';
import type { StateSnapshot } from '../core/state.ts';
import type { Proof } from '../core/task/proof.ts';
import type { Artifact, RejectionNote, Task, TaskQuestion, TaskState } from '../core/task/task.ts';
import { prioritySchema } from '../core/task/task-commands.ts';
import type { EpochMs } from '../core/units.ts';
import { durationMsSchema, ms } from '../core/units.ts';
import type { Worker } from '../core/worker/worker.ts';
import type { SatisfiabilityReport } from '../core/workflow/satisfiability.ts';
import type { AuditPage, StateDiff } from './audit.ts';
import { auditSchema, diffSchema } from './audit.ts';
import type { BoardHit, BoardMessage, InboxMessage } from './board-store.ts';
import type { ChainVerdict } from './hash-chain.ts';
import { atSchema, nowOnlySchema } from './moment.ts';
import type { WorkspaceMode } from './task-tree.ts';
import type { BudgetView, HungSuspect, UsageView } from './usage.ts';
import { usageGroups } from './usage.ts';
import type { ScalingView, WorkerFacts, WorkerTail } from './worker-facts.ts';

/** A question about the state: now, or with `at` as it was at a moment of the past. */
const timeless = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...shape, at: atSchema });
/** A question that only the present can answer, or that is about the whole past anyway. */
const present = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, at: nowOnlySchema });

const none = timeless({});
const pageSize = z.number().int().min(1).max(1_000).default(200);

/** What a person typed for a thing: its id or name, or the beginning of its id if neither fits; see core/called.ts. */
const calledSchema = z.string().max(500);

const taskFilter = {
  state: z.enum(['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled']).optional(),
  epicId: epicIdSchema.optional(),
  /** Only the reviews by which agents sign this gate. */
  gateId: gateIdSchema.optional(),
  called: calledSchema.optional(),
};

/** The parameters of each query. */
export const querySchemas = {
  /** The whole state and its `seq`: what a live client folds events into. */
  snapshot: none,
  /** The company at a glance. */
  status: none,
  /** Tasks that match all that is given, the most urgent first, then the oldest. */
  tasks: timeless({
    ...taskFilter,
    /** The next page: those behind this place. The last task of a page may be given as it is. */
    after: z.object({ priority: prioritySchema, order: seqSchema }).optional(),
    limit: pageSize,
  }),
  /** How many tasks match. */
  taskCount: timeless(taskFilter),
  /** A task, and why it waits. */
  task: timeless({ taskId: taskIdSchema }),
  /** All that a worker needs to do a task. */
  taskBrief: timeless({ taskId: taskIdSchema }),
  /** The epics, and how far they are. */
  epics: none,
  /** An epic, and how far it is. */
  epic: timeless({ epicId: epicIdSchema }),
  /** Without `all`, only the gates that wait for somebody. */
  gates: timeless({ all: z.boolean().default(false) }),
  /** A gate, slot by slot, and who could fill each. */
  gate: timeless({ gateId: gateIdSchema }),
  /** An approval outside workflows: answers once it is given, rejected or taken back, or after the time given. */
  approval: present({ gateId: gateIdSchema, wait: durationMsSchema.default(ms(0)) }),
  /** Threads of the board that the actor may see, those with the newest message first. */
  threads: timeless({
    state: z.enum(['active', 'waiting', 'resolved']).optional(),
    /** Only those that the actor takes part in. */
    mine: z.boolean().default(false),
    called: calledSchema.optional(),
    /** The next page: those whose newest message is older than this `seq`, the `last` of a page's last thread. */
    before: seqSchema.nullable().default(null),
    limit: pageSize,
  }),
  /** The newest messages of a thread before a `seq`, oldest first. */
  thread: timeless({
    threadId: threadIdSchema,
    before: seqSchema.nullable().default(null),
    limit: pageSize.default(50),
  }),
  /** Mentions, direct messages and replies that reached a member (null: the actor), newest first, and what they must approve. */
  inbox: timeless({
    memberId: memberIdSchema.nullable().default(null),
    onlyUnread: z.boolean().default(false),
    before: seqSchema.nullable().default(null),
    limit: pageSize.default(50),
  }),
  /** Messages with all these words, the best first; the last word may be the beginning of one. */
  searchBoard: timeless({ text: z.string().max(500), limit: pageSize.default(20) }),
  /** The members, with what the agents among them do. */
  members: none,
  /** The best available agent for a role or a capability. */
  bestAgent: timeless({ roleId: roleIdSchema.optional(), capability: capabilitySchema.optional() }),
  /** Why a member holds a capability: the path of roles. */
  why: timeless({ memberId: memberIdSchema, capability: capabilitySchema }),
  /** The workers, those that have ended lately among them. */
  workers: none,
  /** Of the workers that live, also what their processes use, what they spent and what they hold. */
  workerFacts: present({}),
  /** The rules that say how many workers there are. */
  scalings: none,
  /** The last lines of a worker's log: of one that crashed, what it said last. */
  workerTail: present({ workerId: workerIdSchema, lines: z.number().int().min(1).max(1_000).default(50) }),
  /** Live workers that were silent for so long; without a threshold as long as the policy bears. */
  hung: timeless({ threshold: durationMsSchema.nullable().default(null) }),
  /** What was spent, grouped, and how far each budget is used. */
  usage: timeless({ by: z.enum(usageGroups).default('task') }),
  /** Whether the company can finish the workflow, and what would repair it. */
  satisfiability: timeless({ workflow: workflowNameSchema }),
  /** A page of the log. */
  events: present({ after: seqSchema, limit: pageSize }),
  /** The bytes of an artifact. */
  artifact: present({ hash: artifactHashSchema }),
  /** A piece of a worker's log file, from a byte on. */
  workerLog: present({
    workerId: workerIdSchema,
    from: z.number().int().nonnegative().default(0),
    limit: z.number().int().min(1).max(262_144).default(65_536),
  }),
  /** Answers as soon as the actor could claim a task, or after the time given: what an idle worker waits in. */
  work: present({ tags: z.array(z.string()).default([]), wait: durationMsSchema }),
  /** The file locks that are held; with a scope, those that share a path with it. */
  locks: timeless({ scope: scopeSchema.optional() }),
  /** Answers as soon as nobody holds a path of the scope, or after the time given. */
  lockFree: present({ scope: scopeSchema, wait: durationMsSchema }),
  /** What happened, by whom, why, and what it changed. */
  audit: present(auditSchema.shape),
  /** What differs between two moments. */
  diff: present(diffSchema.shape),
  /** The hosts that share the company's log, those that are there first. */
  hosts: none,
  /** What hosts did by themselves and did not fit any more; without `all`, what somebody has yet to resolve. The oldest first. */
  conflicts: timeless({ all: z.boolean().default(false) }),
  /** Walks the log along its hash chain. */
  verify: present({}),
} as const;

export type QueryName = keyof typeof querySchemas;
export type QueryInput<Name extends QueryName> = z.input<(typeof querySchemas)[Name]>;
export type QueryParams<Name extends QueryName> = z.output<(typeof querySchemas)[Name]>;

export type { AgentState };

export interface MemberView {
  readonly member: Member;
  readonly department: string | null;
  readonly team: string | null;
  /** Null for a human. */
  readonly agent: {
    readonly state: AgentState;
    readonly hung: boolean;
    readonly tasks: readonly Task[];
  } | null;
}

/** A host, and what it has of the company's work. */
export interface HostView {
  readonly host: Host;
  /** Those that run there. */
  readonly workers: readonly Worker[];
  /** How many tasks that are not over are at home there. */
  readonly tasks: number;
  /** It is the one that answers. */
  readonly isThis: boolean;
  /** How the store has seen it last; null: nobody was asked, as of the past, or it was never seen. */
  readonly sight: {
    readonly seenAt: EpochMs;
    /** So lately that it can't be cut off. Of a host that is itself cut off nobody is seen. */
    readonly isSeen: boolean;
  } | null;
}

export interface EpicView extends Progress {
  readonly epic: Epic;
  /** Why it does not go on, in words; null when nothing holds it, or it is over. */
  readonly waitingBecause: string | null;
  readonly stories: readonly Story[];
}

export interface SlotView {
  readonly roleId: RoleId;
  /** Null while it is open. */
  readonly signOff: Gate['signOffs'][number] | null;
  /** The members who could fill it now. */
  readonly entitled: readonly Pick<Member, 'id' | 'name'>[];
  /** The role that is asked in the slot's place after a time-out. */
  readonly escalatedTo: RoleId | null;
  /** Who was asked to fill it, by whom; null: nobody in particular. */
  readonly delegation: Gate['delegations'][number] | null;
}

export interface GateView {
  readonly gate: Gate;
  /** Null for an approval outside workflows. */
  readonly epic: Epic | null;
  /** The task of its step; null for an approval outside workflows. */
  readonly task: Task | null;
  readonly slots: readonly SlotView[];
  /** What is signed; `from` is the title of the task that produced it, or of the approval that shows it. */
  readonly artifacts: readonly (Artifact & { readonly from: string })[];
  /** It still needs a human's sign-off. */
  readonly needsHuman: boolean;
}

export interface ApprovalView extends GateView {
  /** It is given (`open`), rejected or taken back, and stays so. */
  readonly settled: boolean;
}

export interface ThreadView {
  readonly thread: Thread;
  /** Of direct messages the names of the two. */
  readonly title: string;
  /** How many of its messages reached the actor and are unread; null for a moment of the past. */
  readonly unread: number | null;
}

export interface ThreadPage extends ThreadView {
  readonly messages: readonly BoardMessage[];
  /** There are older ones. */
  readonly more: boolean;
}

export interface InboxItem {
  readonly message: InboxMessage;
  readonly thread: ThreadView;
}

export interface InboxView {
  readonly messages: readonly InboxItem[];
  /** There are older ones. */
  readonly more: boolean;
  /** Of all messages, not only of these; null for a moment of the past. */
  readonly unread: number | null;
  /** Gates and approvals that wait for this person, and for no agent. */
  readonly approvals: readonly GateView[];
  /** What tasks wait to be told by this member, the oldest first; for agents a task of theirs is made instead. */
  readonly questions: readonly { readonly task: Task; readonly question: TaskQuestion }[];
  /** Budgets that are nearly used up, or wholly: one's own, and every one for whoever may set them. */
  readonly budgets: readonly BudgetView[];
}

export interface BoardSearchHit extends BoardHit {
  readonly thread: ThreadView;
}

export interface TaskView {
  readonly task: Task;
  /** Why it does not go on, in words; null when nothing holds it. */
  readonly waitingBecause: string | null;
  readonly gates: readonly Gate[];
}

/** Where a task's files are: in one folder for all, or in a worktree that its holder opens. */
export interface WorkspacePlace {
  readonly mode: WorkspaceMode;
  /** On the host's machine: what all share, or the repository that worktrees begin from. */
  readonly folder: string;
}

/** All that a worker needs to do a task; for a review also what is reviewed. */
export interface TaskBrief {
  readonly task: Task;
  readonly company: string;
  readonly epic: Epic | null;
  readonly story: Story | null;
  readonly member: Member;
  /** What the tasks it depends on handed in. */
  readonly inputs: readonly { readonly title: string; readonly artifacts: readonly Artifact[] }[];
  readonly workspace: WorkspacePlace;
  /** What the member's roles allow. */
  readonly capabilities: readonly Capability[];
  /** What was asked about it, oldest first; `to` and `by` are names, and an agent's answer is what it handed in. */
  readonly questions: readonly {
    readonly to: string;
    readonly text: string;
    readonly answer: {
      readonly by: string;
      readonly text: string;
      readonly artifacts: readonly Artifact[];
    } | null;
  }[];
  /** What it was divided into. */
  readonly parts: readonly {
    readonly id: TaskId;
    readonly title: string;
    readonly state: TaskState;
    readonly by: string | null;
    readonly failedBecause: string | null;
    readonly artifacts: readonly Artifact[];
  }[];
  /** With what the lead sent it back, oldest first. */
  readonly returns: readonly { readonly by: string; readonly note: string }[];
  /** Whom the member leads, and may give parts to. */
  readonly reports: readonly {
    readonly id: MemberId;
    readonly name: string;
    readonly roleIds: readonly RoleId[];
  }[];
  /** Notes of rejections, oldest first. */
  readonly notes: readonly RejectionNote[];
  /** For a review: the gate, and the artifacts it is about. */
  readonly review: GateView | null;
  /** For a review: that the checks of the steps passed whose work is judged; `from` is the title of the task. */
  readonly proofs: readonly (Proof & { readonly from: string })[];
}

export interface StatusView {
  readonly company: Company;
  readonly seq: Seq;
  readonly tasks: Readonly<Record<TaskState, number>>;
  readonly gatesWaiting: number;
  readonly members: readonly MemberView[];
  readonly epics: readonly EpicView[];
  readonly workers: readonly Worker[];
}

/** The answer of each query. */
export interface QueryAnswers {
  snapshot: StateSnapshot;
  status: StatusView;
  tasks: readonly TaskView[];
  taskCount: number;
  task: TaskView;
  taskBrief: TaskBrief;
  epics: readonly EpicView[];
  epic: EpicView;
  gates: readonly GateView[];
  gate: GateView;
  approval: ApprovalView;
  threads: readonly ThreadView[];
  thread: ThreadPage;
  inbox: InboxView;
  searchBoard: readonly BoardSearchHit[];
  members: readonly MemberView[];
  bestAgent: Member | null;
  why: readonly RoleId[] | null;
  workers: readonly Worker[];
  workerFacts: readonly WorkerFacts[];
  workerTail: WorkerTail;
  scalings: readonly ScalingView[];
  hung: readonly HungSuspect[];
  usage: UsageView;
  satisfiability: SatisfiabilityReport;
  events: readonly StoredEvent[];
  artifact: { readonly base64: string };
  /** `next` is the byte to go on from; `ended` once the worker has ended and all was read. */
  workerLog: { readonly text: string; readonly next: number; readonly ended: boolean };
  work: { readonly available: boolean };
  audit: AuditPage;
  diff: StateDiff;
  verify: ChainVerdict;
  hosts: readonly HostView[];
  conflicts: readonly Conflict[];
  locks: readonly FileLock[];
  /** `heldBy` is a lock that is in the way; null when it is free. */
  lockFree: { readonly free: boolean; readonly heldBy: FileLock | null };
}
