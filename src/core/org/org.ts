/** The rows of the org model: a company, its departments, teams, members and roles. */

import type { Budget } from '../budget/budget.ts';
import type { Capability, CompanyId, DepartmentId, MemberId, RoleId, TeamId } from '../ids.ts';
import type { DurationMs, EpochMs } from '../units.ts';
import type { LauncherName } from '../worker/launcher-names.ts';

/** What a company may decide about its own rules; `defaultPolicy` holds the defaults of the product. */
export interface Policy {
  /** Lets the owner fill more than one slot of one gate. */
  readonly ownerMayFillSeveralSlots: boolean;
  /** How long a claim on a task holds without renewal. */
  readonly lease: DurationMs;
  /** How long a ready task waits for the one whose turn it is to come online, before it goes to others. */
  readonly callWait: DurationMs;
  readonly heartbeat: DurationMs;
  /** An agent is hung when it was silent for so long. */
  readonly hungAfter: DurationMs;
  /** Attempts at one task before it has failed. */
  readonly maxAttempts: number;
  /** The wait before the second attempt; each further one waits twice as long. */
  readonly retryBase: DurationMs;
  /**
   * So many failures of one kind at one task, or rejections by the clock of one gate that nobody answers, and it has
   * failed, whatever attempts are left.
   */
  readonly loopAfter: number;
  /** So often a task may be reworked; the rejection after that fails it. */
  readonly maxRework: number;
  /** How long a file lock holds without renewal, unless its holder asks for another time. */
  readonly lockTtl: DurationMs;
  /** A host that nobody has heard of for so long is lost: its workers count as crashed, and its tasks go to another. */
  readonly hostLostAfter: DurationMs;
}

export interface Pause {
  readonly reason: string;
  /** Null: the host itself. */
  readonly by: MemberId | null;
  readonly at: EpochMs;
}

/** Of an agent. */
export interface MemberPause extends Pause {
  /** When it goes on by itself; null: when somebody says so. */
  readonly until: EpochMs | null;
}

/** `paused`: what runs goes on; `stopped`: what ran was taken back as well. */
export interface CompanyPause extends Pause {
  readonly kind: 'paused' | 'stopped';
}

export interface Company {
  readonly id: CompanyId;
  readonly name: string;
  /** The template it started from. */
  readonly template: string;
  readonly version: number;
  readonly ownerId: MemberId;
  readonly policy: Policy;
  /** Null: work goes on. */
  readonly pause: CompanyPause | null;
  /** For all that its agents spend; null: without a limit. */
  readonly budget: Budget | null;
  readonly createdAt: EpochMs;
}

export interface Role {
  readonly id: RoleId;
  readonly title: string;
  /** Name of the department it belongs to; a sign-off may be overridden only inside it. */
  readonly department: string;
  readonly inherits: readonly RoleId[];
  /** Its own capabilities; those of inherited roles come on top. */
  readonly capabilities: readonly Capability[];
  readonly custom: boolean;
}

export interface Department {
  readonly id: DepartmentId;
  readonly name: string;
  readonly headId: MemberId | null;
}

export interface Team {
  readonly id: TeamId;
  readonly name: string;
  readonly departmentId: DepartmentId;
  readonly leadId: MemberId | null;
}

/** Which runner does an agent's tasks, with the runner's own options (`RunnerSpec` of the contract). */
export interface RunnerChoice {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Member {
  readonly id: MemberId;
  /** Unique in the company. */
  readonly name: string;
  readonly kind: 'agent' | 'human';
  /** An agent has one role; a human may have several. */
  readonly roleIds: readonly RoleId[];
  /** Null for the owner and for members that belong to no team. */
  readonly teamId: TeamId | null;
  readonly tags: readonly string[];
  /** Null: the runner of the host's settings. */
  readonly runner: RunnerChoice | null;
  /** What starts its workers; not there: what the host starts all others with. */
  readonly launcher?: LauncherName;
  /** How many tasks it may hold leases on at once. */
  readonly maxConcurrent: number;
  readonly budget: Budget | null;
  /** Of an agent that takes no task for now; null: it does. */
  readonly pause: MemberPause | null;
}
