/** What a run may do in the company beside its files: always as its own agent, and no more than that one may. */
import type { GateId, MemberId, RoleId, TaskId, ThreadId } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';

export interface Colleague {
  readonly id: MemberId;
  readonly name: string;
  readonly kind: 'agent' | 'human';
  readonly roleIds: readonly RoleId[];
  readonly isOwner: boolean;
}

export interface BoardEntry {
  readonly threadId: ThreadId;
  readonly title: string;
  readonly by: string;
  readonly text: string;
}

export interface ApprovalWish {
  readonly title: string;
  readonly context: string;
  readonly roles: Readonly<Record<string, number>>;
  readonly humanRequired: boolean;
}

export interface ApprovalAnswer {
  readonly gateId: GateId;
  /** `waiting`, `open` (it is given), `rejected` … */
  readonly state: string;
  /** Why it was turned down; empty: it was not. */
  readonly note: string;
}

export interface PartWish {
  readonly title: string;
  readonly description: string;
  readonly assigneeId: MemberId;
  /** The parts before it in the list, from 1, that it builds on. */
  readonly after: readonly number[];
}

export interface CompanyActs {
  /** Everybody else in the company. */
  colleagues(): Promise<readonly Colleague[]>;
  /** The newest messages of the threads that have any; with words, those that contain them. */
  readBoard(words: string | null): Promise<readonly BoardEntry[]>;
  /** The messages of one thread, oldest first. */
  readThread(threadId: string): Promise<readonly BoardEntry[]>;
  /** @returns the thread that it started */
  startThread(title: string, text: string): Promise<ThreadId>;
  reply(threadId: string, text: string): Promise<void>;
  /** Asks roles to approve something; the run goes on. */
  requestApproval(wish: ApprovalWish): Promise<ApprovalAnswer>;
  /** One that was asked for. */
  approval(gateId: string): Promise<ApprovalAnswer>;
  /** Gives those whom the agent leads parts of the task; the run goes on. @returns the parts, in the order of the wishes */
  divide(parts: readonly PartWish[]): Promise<readonly TaskId[]>;
  /** The task waits until every part is over, so the run has to end with `waits`. */
  awaitParts(): Promise<void>;
  /** Sends a part that is done back to whoever did it. */
  returnPart(partId: string, note: string): Promise<void>;
  /**
   * Puts a question to a member, or to the owner. The task waits, so the run has to end with `waits`; the next one finds
   * the question and the answer in its brief.
   */
  ask(to: MemberId, question: string): Promise<void>;
  /** The agent takes no task before that time, such as when its quota is used up; the task goes back, and the run has to end with `waits`. */
  rest(reason: string, until: EpochMs): Promise<void>;
  /** Puts on record what the run was asked to do and did not. */
  record(what: string, reason: string): Promise<void>;
}
