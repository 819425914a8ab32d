/** A gate: an approval point before or after a step, or an approval that somebody asked for, with a slot for each sign-off. */
import type { ArtifactHash, EpicId, GateId, MemberId, RoleId, StepId, StoryId, TaskId } from '../ids.ts';
import type { Artifact } from '../task/task.ts';
import type { EpochMs } from '../units.ts';
import type { GateRule, Priority } from '../workflow/workflow.ts';

/**
 * `pending` until there is something to sign (and again while that is being reworked), then `waiting`;
 * `open` when every slot is filled; `rejected` until the work is handed in again; `vetoed` until somebody arbitrates.
 */
export type GateState = 'pending' | 'waiting' | 'open' | 'rejected' | 'vetoed' | 'cancelled';

export type Decision = 'approve' | 'request_changes' | 'veto';

/** Why a gate was rejected or vetoed. */
export interface GateRefusal {
  /** Null: its time ran out. */
  readonly by: MemberId | null;
  readonly note: string;
  readonly at: EpochMs;
}

/** One filled slot. */
export interface SignOff {
  readonly roleId: RoleId;
  readonly memberId: MemberId;
  readonly kind: 'agent' | 'human';
  /** The role by which the member signed in the slot's place; null when they hold the slot's role. */
  readonly overrideBy: RoleId | null;
  readonly note: string;
  readonly artifactHash: ArtifactHash;
  readonly at: EpochMs;
}

/** That somebody was asked to fill a slot of the role; it gives them no right. */
export interface Delegation {
  readonly roleId: RoleId;
  readonly by: MemberId;
  readonly to: MemberId;
  readonly note: string;
  readonly at: EpochMs;
}

/** That one person does not want to be reminded of it before `until`. */
export interface SetAside {
  readonly memberId: MemberId;
  readonly reason: string;
  readonly at: EpochMs;
  readonly until: EpochMs;
}

/** Of an approval outside workflows: who asked for it, and what they showed. */
export interface ApprovalRequest {
  readonly by: MemberId;
  /** Of the review tasks by which agents sign. */
  readonly priority: Priority;
  /** What is signed: the context in words first, then what was shown beside it. */
  readonly artifacts: readonly Artifact[];
}

/** Where it stands in a workflow: an approval outside workflows stands nowhere, and its rejection is final. */
export interface Gate {
  readonly id: GateId;
  readonly name: string;
  readonly epicId: EpicId | null;
  readonly storyId: StoryId | null;
  readonly stepId: StepId | null;
  /** The task of its step. */
  readonly taskId: TaskId | null;
  /** Null for a gate of a workflow. */
  readonly request: ApprovalRequest | null;
  readonly rule: GateRule;
  readonly state: GateState;
  /** What is signed: the submission of its task (after), those of the tasks it depends on (before), or what was asked about. */
  readonly artifactHash: ArtifactHash | null;
  /** Who made what is signed. */
  readonly authors: readonly MemberId[];
  /** Filled slots, all of them for `artifactHash`, in the order of signing. */
  readonly signOffs: readonly SignOff[];
  /** Of a rejected or vetoed gate; null otherwise. */
  readonly refusal: GateRefusal | null;
  /** Slots that nobody filled in time: the role that is asked in the slot's place. */
  readonly escalations: readonly { readonly roleId: RoleId; readonly to: RoleId }[];
  /** Slots that somebody was asked to fill, the oldest first. */
  readonly delegations: readonly Delegation[];
  /** Of a waiting gate: who set it aside. */
  readonly setAside: readonly SetAside[];
  readonly waitingSince: EpochMs | null;
  /** When `rule.onTimeout` happens; null: never. */
  readonly deadline: EpochMs | null;
  readonly openedAt: EpochMs | null;
}
