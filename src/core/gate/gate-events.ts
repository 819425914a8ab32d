/** What can have happened to a gate. */
import type { ArtifactHash, GateId, MemberId, RoleId } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { ApprovalRequest, Gate, SignOff } from './gate.ts';

/** A gate as it is created: pending, with no slot filled. */
export type NewGate = Pick<Gate, 'id' | 'name' | 'epicId' | 'storyId' | 'stepId' | 'taskId' | 'rule'>;

/** A gate outside workflows as it is created. */
export interface NewApproval extends Pick<Gate, 'id' | 'name' | 'rule'> {
  readonly request: ApprovalRequest;
}

export type GateEvent =
  | { readonly type: 'gate.created'; readonly gate: NewGate }
  /** Somebody asked for an approval outside workflows; what follows is as at any gate. */
  | { readonly type: 'approval.requested'; readonly gate: NewApproval }
  /** There is something to sign. Sign-offs given for another hash are void from here on. */
  | {
      readonly type: 'gate.asked';
      readonly gateId: GateId;
      readonly artifactHash: ArtifactHash;
      readonly authors: readonly MemberId[];
      readonly deadline: EpochMs | null;
    }
  | { readonly type: 'gate.signed'; readonly gateId: GateId; readonly signOff: SignOff }
  /** Whoever signed may not any more, and the gate had not opened: the member's sign-off for that role is void. */
  | {
      readonly type: 'gate.sign_off_voided';
      readonly gateId: GateId;
      readonly memberId: MemberId;
      readonly roleId: RoleId;
    }
  | { readonly type: 'gate.opened'; readonly gateId: GateId; readonly artifactHash: ArtifactHash }
  | {
      readonly type: 'gate.rejected';
      readonly gateId: GateId;
      /** Null: its time ran out. */
      readonly by: MemberId | null;
      readonly note: string;
      readonly artifactHash: ArtifactHash;
    }
  | {
      readonly type: 'gate.vetoed';
      readonly gateId: GateId;
      readonly by: MemberId;
      readonly note: string;
      readonly artifactHash: ArtifactHash;
    }
  /** Somebody entitled lifted the veto: the gate waits again, or the work goes back with a note. */
  | {
      readonly type: 'gate.arbitrated';
      readonly gateId: GateId;
      readonly by: MemberId;
      readonly ruling: 'resume' | 'rework';
      readonly note: string;
    }
  | {
      readonly type: 'gate.escalated';
      readonly gateId: GateId;
      readonly roleId: RoleId;
      readonly to: RoleId;
      readonly deadline: EpochMs | null;
    }
  /** A member is asked to fill a slot of the role; null: what was asked before is taken back. */
  | {
      readonly type: 'gate.delegated';
      readonly gateId: GateId;
      readonly roleId: RoleId;
      readonly by: MemberId;
      readonly to: MemberId | null;
      readonly note: string;
    }
  /** One person does not want to be reminded of it until then. */
  | {
      readonly type: 'gate.set_aside';
      readonly gateId: GateId;
      readonly memberId: MemberId;
      readonly reason: string;
      readonly until: EpochMs;
    }
  /** They took it up again, or the time is over. */
  | { readonly type: 'gate.taken_up'; readonly gateId: GateId; readonly memberId: MemberId }
  /** What it was about is being reworked, or vetoed at another gate: pending until it is asked again. */
  | { readonly type: 'gate.withdrawn'; readonly gateId: GateId }
  | { readonly type: 'gate.cancelled'; readonly gateId: GateId };
