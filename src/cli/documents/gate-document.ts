/** What `--json` says of a gate. Times are ISO 8601 in UTC; what is not there is null. */
import type { GateView, SlotView } from '../../contract/queries.ts';
import type { GateState } from '../../core/gate/gate.ts';
import { isoTime } from '../output/time-text.ts';
import type { ArtifactDocument } from './artifact-document.ts';
import { artifactDocument } from './artifact-document.ts';
import type { CheckDocument } from './check-document.ts';
import { checkDocuments } from './check-document.ts';
import type { Names } from './names.ts';

export interface SlotDocument {
  readonly role: string;
  /** Null while the slot is open. */
  readonly signOff: {
    readonly member: string;
    readonly kind: 'agent' | 'human';
    /** The role by which they signed in the slot's place; null when they hold the slot's own. */
    readonly overrideBy: string | null;
    readonly note: string;
    readonly at: string;
    readonly artifactSha256: string;
  } | null;
  /** Names of those who could fill it now. */
  readonly entitled: readonly string[];
  /** The role that is asked in its place after a time-out. */
  readonly escalatedTo: string | null;
  /** The member whom another asked to fill it; null: nobody in particular. */
  readonly delegation: { readonly to: string; readonly by: string; readonly note: string } | null;
}

export interface GateDocument {
  readonly id: string;
  readonly name: string;
  readonly state: GateState;
  /** Null for an approval outside workflows. */
  readonly epic: { readonly id: string; readonly title: string } | null;
  readonly step: string | null;
  /** Who asked for an approval outside workflows; null for a gate of a workflow. */
  readonly requestedBy: string | null;
  readonly position: 'before' | 'after';
  /** What a sign-off is given for: an artifact, or the manifest of several. */
  readonly artifactSha256: string | null;
  readonly artifacts: readonly (ArtifactDocument & { readonly from: string })[];
  /** The checks that passed on it, as its worker says. */
  readonly checks: readonly CheckDocument[];
  /** It still needs a human's sign-off. */
  readonly needsHuman: boolean;
  readonly slots: readonly SlotDocument[];
  /** Whoever keeps it out of their own inbox for a time. */
  readonly setAside: readonly { readonly member: string; readonly reason: string; readonly until: string }[];
  readonly waitingSince: string | null;
  readonly deadline: string | null;
  /** What happens then; null while there is no deadline. */
  readonly onTimeout: 'escalate' | 'reject' | null;
  /** Why it was rejected or vetoed. */
  readonly refusal: {
    /** Null: its time ran out. */
    readonly by: string | null;
    readonly note: string;
    readonly at: string;
  } | null;
}

export function gateDocument(view: GateView, names: Names): GateDocument {
  const { gate, epic, task, slots, artifacts, needsHuman } = view;
  return {
    id: gate.id,
    name: gate.name,
    state: gate.state,
    epic: epic && { id: epic.id, title: epic.title },
    step: gate.stepId,
    requestedBy: gate.request && names.member(gate.request.by),
    position: gate.rule.position,
    artifactSha256: gate.artifactHash,
    artifacts: artifacts.map((artifact) => ({ ...artifactDocument(artifact), from: artifact.from })),
    checks: gate.rule.position === 'after' ? checkDocuments(task?.submission?.proof) : [],
    needsHuman,
    slots: slots.map((slot) => slotDocument(slot, names)),
    setAside: gate.setAside.map(({ memberId, reason, until }) => ({
      member: names.member(memberId),
      reason,
      until: isoTime(until),
    })),
    waitingSince: gate.waitingSince && isoTime(gate.waitingSince),
    deadline: gate.deadline && isoTime(gate.deadline),
    onTimeout: gate.deadline && gate.rule.onTimeout,
    refusal: gate.refusal && {
      by: gate.refusal.by && names.member(gate.refusal.by),
      note: gate.refusal.note,
      at: isoTime(gate.refusal.at),
    },
  };
}

function slotDocument(slot: SlotView, names: Names): SlotDocument {
  const { roleId, signOff, entitled, escalatedTo, delegation } = slot;
  return {
    role: roleId,
    signOff: signOff && {
      member: names.member(signOff.memberId),
      kind: signOff.kind,
      overrideBy: signOff.overrideBy,
      note: signOff.note,
      at: isoTime(signOff.at),
      artifactSha256: signOff.artifactHash,
    },
    entitled: entitled.map(({ name }) => name),
    escalatedTo,
    delegation: delegation && {
      to: names.member(delegation.to),
      by: names.member(delegation.by),
      note: delegation.note,
    },
  };
}
