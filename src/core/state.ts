/** The state of one company: what the fold of its events gives, in tables with the indexes that decisions need. */
import type { Thread } from './board/board.ts';
import { directKey } from './board/board.ts';
import type { Account, AccountId, Reservation, Usage } from './budget/budget.ts';
import type { Conflict } from './conflict/conflict.ts';
import { DueIndex } from './due-index.ts';
import { endOfApproval, endOfSingle, endOfThread } from './ended.ts';
import type { Epic, Story } from './epic/epic.ts';
import { CandidateCache } from './gate/candidate-cache.ts';
import type { Gate, GateState } from './gate/gate.ts';
import { DueByHost } from './host/due-by-host.ts';
import type { Host } from './host/host.ts';
import type {
  ConflictId,
  DepartmentId,
  EpicId,
  GateId,
  HostId,
  LockId,
  MemberId,
  ReservationId,
  RoleId,
  Seq,
  SessionId,
  StoryId,
  TaskId,
  TeamId,
  ThreadId,
  WorkerId,
  WorkflowName,
} from './ids.ts';
import { Journal } from './journal.ts';
import type { FileLock } from './lock/lock.ts';
import { LockIndex } from './lock/lock-index.ts';
import { AvailableAgents } from './org/available-agents.ts';
import type { Company, Department, Member, Role, Team } from './org/org.ts';
import { RoleGraph } from './org/role-graph.ts';
import type { Scaling } from './scaling/scaling.ts';
import { KeyIndex, Table } from './table.ts';
import { DependentsIndex } from './task/dependents-index.ts';
import { ReadyIndex } from './task/ready-index.ts';
import type { Task, TaskState } from './task/task.ts';
import type { Worker } from './worker/worker.ts';
import type { Workflow } from './workflow/workflow.ts';

export interface CompanyState {
  /** The last event folded; 0 before the first. */
  seq: Seq;
  /** Null until the company is created. */
  company: Company | null;
  readonly journal: Journal;
  readonly roles: Table<RoleId, Role>;
  readonly departments: Table<DepartmentId, Department>;
  readonly teams: Table<TeamId, Team>;
  readonly members: Table<MemberId, Member>;
  readonly workflows: Table<WorkflowName, Workflow>;
  readonly epics: Table<EpicId, Epic>;
  readonly stories: Table<StoryId, Story>;
  readonly tasks: Table<TaskId, Task>;
  readonly gates: Table<GateId, Gate>;
  readonly workers: Table<WorkerId, Worker>;
  readonly threads: Table<ThreadId, Thread>;
  readonly locks: Table<LockId, FileLock>;
  readonly accounts: Table<AccountId, Account>;
  /** Of the calls that are under way. */
  readonly reservations: Table<ReservationId, Reservation>;
  readonly usage: Table<string, Usage>;
  readonly hosts: Table<HostId, Host>;
  readonly conflicts: Table<ConflictId, Conflict>;
  /** By name. */
  readonly scalings: Table<string, Scaling>;
  readonly index: {
    readonly roles: RoleGraph;
    readonly available: AvailableAgents;
    readonly signers: CandidateCache;
    readonly membersByName: KeyIndex<Member, string>;
    readonly ready: ReadyIndex;
    readonly tasksByState: KeyIndex<Task, TaskState>;
    readonly tasksByEpic: KeyIndex<Task, EpicId>;
    readonly tasksByHome: KeyIndex<Task, HostId>;
    readonly leasedByMember: KeyIndex<Task, MemberId>;
    readonly dependents: DependentsIndex;
    readonly reviewsByGate: KeyIndex<Task, GateId>;
    readonly gatesByState: KeyIndex<Gate, GateState>;
    readonly gatesByEpic: KeyIndex<Gate, EpicId>;
    readonly workersByMember: KeyIndex<Worker, MemberId>;
    /** Those that should beat, by their last sign of life. */
    readonly workersBySilence: DueByHost<Worker>;
    /** Those that live. */
    readonly workersByHost: KeyIndex<Worker, HostId>;
    /** Direct messages by the `directKey` of their two members: one thread each. */
    readonly directThreads: KeyIndex<Thread, string>;
    /** Leases that run out, retries that come due. */
    readonly tasksDue: DueByHost<Task>;
    /** Gates that time out. */
    readonly gatesDue: DueIndex<Gate>;
    readonly gatesSetAside: DueIndex<Gate>;
    /** Agents that rest until a time. */
    readonly membersDue: DueIndex<Member>;
    /** What has ended, by when it did: the oldest is forgotten first. */
    readonly endedEpics: DueIndex<Epic>;
    readonly endedSingles: DueIndex<Task>;
    readonly endedApprovals: DueIndex<Gate>;
    readonly endedWorkers: DueIndex<Worker>;
    readonly endedThreads: DueIndex<Thread>;
    readonly goneHosts: DueIndex<Host>;
    readonly endedConflicts: DueIndex<Conflict>;
    readonly tasksAwaitingBudget: KeyIndex<Task, true>;
    readonly reservationsByTask: KeyIndex<Reservation, TaskId>;
    readonly usageByTask: KeyIndex<Usage, TaskId>;
    readonly locks: LockIndex;
    readonly locksByToken: KeyIndex<FileLock, Seq>;
    readonly locksBySession: KeyIndex<FileLock, SessionId>;
    readonly locksByMember: KeyIndex<FileLock, MemberId>;
    readonly locksByTask: KeyIndex<FileLock, TaskId>;
    /** Locks that run out. */
    readonly locksDue: DueByHost<FileLock>;
  };
}

/** The rows of every table, ordered by id: equal states give equal snapshots, byte for byte. */
export interface StateSnapshot {
  readonly seq: Seq;
  readonly company: Company | null;
  readonly roles: readonly Role[];
  readonly departments: readonly Department[];
  readonly teams: readonly Team[];
  readonly members: readonly Member[];
  readonly workflows: readonly Workflow[];
  readonly epics: readonly Epic[];
  readonly stories: readonly Story[];
  readonly tasks: readonly Task[];
  readonly gates: readonly Gate[];
  readonly workers: readonly Worker[];
  readonly threads: readonly Thread[];
  readonly locks: readonly FileLock[];
  readonly accounts: readonly Account[];
  readonly reservations: readonly Reservation[];
  readonly usage: readonly Usage[];
  readonly hosts: readonly Host[];
  readonly conflicts: readonly Conflict[];
  readonly scalings: readonly Scaling[];
}

export function emptyState(): CompanyState {
  const journal = new Journal();
  const index = {
    roles: new RoleGraph(),
    available: new AvailableAgents(),
    signers: new CandidateCache(),
    membersByName: new KeyIndex<Member, string>((member) => member.name),
    ready: new ReadyIndex(),
    tasksByState: new KeyIndex<Task, TaskState>((task) => task.state),
    tasksByEpic: new KeyIndex<Task, EpicId>((task) => task.epicId),
    tasksByHome: new KeyIndex<Task, HostId>((task) => task.home),
    leasedByMember: new KeyIndex<Task, MemberId>((task) => task.lease?.memberId ?? null),
    dependents: new DependentsIndex(),
    reviewsByGate: new KeyIndex<Task, GateId>((task) => task.review?.gateId ?? null),
    gatesByState: new KeyIndex<Gate, GateState>((gate) => gate.state),
    gatesByEpic: new KeyIndex<Gate, EpicId>((gate) => gate.epicId),
    workersByMember: new KeyIndex<Worker, MemberId>((worker) => worker.memberId),
    workersBySilence: new DueByHost<Worker>(
      (worker) => worker.hostId,
      (worker) => (worker.endedAt === null && worker.state !== 'hung' ? worker.lastSeenAt : null),
    ),
    workersByHost: new KeyIndex<Worker, HostId>(({ endedAt, hostId }) => (endedAt === null ? hostId : null)),
    directThreads: new KeyIndex<Thread, string>(({ between }) => between && directKey(between)),
    tasksDue: new DueByHost<Task>(
      (task) => task.lease?.hostId ?? null,
      (task) => task.lease?.until ?? task.retryAt,
    ),
    gatesDue: new DueIndex<Gate>((gate) => gate.deadline),
    gatesSetAside: new DueIndex<Gate>(
      ({ setAside }) => setAside.map(({ until }) => until).sort((a, b) => a - b)[0] ?? null,
    ),
    membersDue: new DueIndex<Member>((member) => member.pause?.until ?? null),
    endedEpics: new DueIndex<Epic>((epic) => epic.endedAt),
    endedSingles: new DueIndex<Task>(endOfSingle),
    endedApprovals: new DueIndex<Gate>(endOfApproval),
    endedWorkers: new DueIndex<Worker>((worker) => worker.endedAt),
    endedThreads: new DueIndex<Thread>(endOfThread),
    goneHosts: new DueIndex<Host>((host) => host.goneAt),
    endedConflicts: new DueIndex<Conflict>(({ resolution }) => resolution?.at ?? null),
    tasksAwaitingBudget: new KeyIndex<Task, true>((task) => (task.awaitsBudget ? true : null)),
    reservationsByTask: new KeyIndex<Reservation, TaskId>((reservation) => reservation.taskId),
    usageByTask: new KeyIndex<Usage, TaskId>((usage) => usage.taskId),
    locks: new LockIndex(),
    locksByToken: new KeyIndex<FileLock, Seq>((lock) => lock.token),
    locksBySession: new KeyIndex<FileLock, SessionId>((lock) => lock.holder.sessionId),
    locksByMember: new KeyIndex<FileLock, MemberId>((lock) => lock.holder.memberId),
    locksByTask: new KeyIndex<FileLock, TaskId>((lock) => lock.holder.taskId),
    locksDue: new DueByHost<FileLock>(
      (lock) => lock.holder.hostId,
      (lock) => lock.until,
    ),
  };
  const taskIndexes = [
    index.ready,
    index.tasksByState,
    index.tasksByEpic,
    index.tasksByHome,
    index.leasedByMember,
    index.dependents,
    index.reviewsByGate,
    index.available.tasks,
    index.tasksDue,
    index.tasksAwaitingBudget,
    index.endedSingles,
  ];
  const lockIndexes = [
    index.locks,
    index.locksByToken,
    index.locksBySession,
    index.locksByMember,
    index.locksByTask,
    index.locksDue,
  ];
  return {
    seq: 0 as Seq,
    company: null,
    journal,
    roles: new Table<RoleId, Role>(journal, [index.roles, index.signers.follows]),
    departments: new Table(journal),
    teams: new Table(journal),
    members: new Table<MemberId, Member>(journal, [
      index.membersByName,
      index.membersDue,
      index.available.members,
      index.signers.follows,
    ]),
    workflows: new Table(journal),
    epics: new Table(journal, [index.endedEpics]),
    stories: new Table(journal),
    tasks: new Table(journal, taskIndexes),
    gates: new Table(journal, [
      index.gatesByState,
      index.gatesByEpic,
      index.gatesDue,
      index.gatesSetAside,
      index.endedApprovals,
    ]),
    workers: new Table(journal, [
      index.workersByMember,
      index.workersBySilence,
      index.workersByHost,
      index.available.workers,
      index.endedWorkers,
    ]),
    threads: new Table(journal, [index.directThreads, index.endedThreads]),
    locks: new Table(journal, lockIndexes),
    accounts: new Table(journal),
    reservations: new Table<ReservationId, Reservation>(journal, [index.reservationsByTask]),
    usage: new Table<string, Usage>(journal, [index.usageByTask]),
    hosts: new Table<HostId, Host>(journal, [index.goneHosts]),
    conflicts: new Table<ConflictId, Conflict>(journal, [index.endedConflicts]),
    scalings: new Table(journal),
    index,
  };
}

/** The tables of a state, by name: what a snapshot holds and a restore fills. */
export const tableNames = [
  'roles',
  'departments',
  'teams',
  'members',
  'workflows',
  'epics',
  'stories',
  'tasks',
  'gates',
  'workers',
  'threads',
  'locks',
  'accounts',
  'reservations',
  'usage',
  'hosts',
  'conflicts',
  'scalings',
] as const;

export type TableName = (typeof tableNames)[number];

export function dumpState(state: CompanyState): StateSnapshot {
  return {
    seq: state.seq,
    company: state.company,
    roles: state.roles.dump(),
    departments: state.departments.dump(),
    teams: state.teams.dump(),
    members: state.members.dump(),
    workflows: state.workflows.dump(),
    epics: state.epics.dump(),
    stories: state.stories.dump(),
    tasks: state.tasks.dump(),
    gates: state.gates.dump(),
    workers: state.workers.dump(),
    threads: state.threads.dump(),
    locks: state.locks.dump(),
    accounts: state.accounts.dump(),
    reservations: state.reservations.dump(),
    usage: state.usage.dump(),
    hosts: state.hosts.dump(),
    conflicts: state.conflicts.dump(),
    scalings: state.scalings.dump(),
  };
}

export function restoreState(snapshot: StateSnapshot): CompanyState {
  const state = emptyState();
  state.seq = snapshot.seq;
  state.company = snapshot.company;
  for (const name of tableNames) {
    const table = state[name] as { put(row: unknown): void };
    for (const row of snapshot[name]) table.put(row);
  }
  return state;
}
