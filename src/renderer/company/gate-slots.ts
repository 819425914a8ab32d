/** The slots of a gate as people see them: who filled each, who could, and which of them wait for this person. */
import type { Gate, SignOff } from '../../core/gate/gate.ts';
import { refusalToSign } from '../../core/gate/signing-rules.ts';
import { openSlots } from '../../core/gate/slot-matching.ts';
import type { MemberId, RoleId } from '../../core/ids.ts';
import { isOwner, membersByName } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

export interface GateSlot {
  /** Unique in its gate. */
  readonly key: string;
  readonly roleId: RoleId;
  /** Null while it is open. */
  readonly signOff: SignOff | null;
  /** Who could fill it now: the humans, then the agents, the owner last. */
  readonly candidates: readonly Member[];
  /** The task by which an agent is asked; null when none is. */
  readonly review: Task | null;
  readonly escalatedTo: RoleId | null;
}

export function gateSlots(state: CompanyState, gate: Gate): GateSlot[] {
  const reviews = openReviews(state, gate);
  return gate.rule.requires.flatMap(({ roleId, count }) => {
    const signed = gate.signOffs.filter((signOff) => signOff.roleId === roleId);
    const asked = reviews.filter(({ review }) => review?.roleId === roleId);
    const candidates = candidatesFor(state, gate, roleId);
    const escalatedTo = gate.escalations.find((escalation) => escalation.roleId === roleId)?.to ?? null;
    return Array.from({ length: count }, (_, index): GateSlot => {
      const signOff = signed[index] ?? null;
      return {
        key: `${roleId}-${index}`,
        roleId,
        signOff,
        candidates: signOff ? [] : candidates,
        review: signOff ? null : (asked[index - signed.length] ?? null),
        escalatedTo,
      };
    });
  });
}

/** The open slots that a member may fill now. */
export function slotsOf(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slots.filter(({ candidates }) => candidates.some(({ id }) => id === memberId));
}

/** The open slots that wait for this person: theirs to fill, and no agent has been asked. */
export function slotsNeeding(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slotsOf(slots, memberId).filter(({ review }) => review === null);
}

export function needsMember(state: CompanyState, gate: Gate, memberId: MemberId | null): boolean {
  return gate.state === 'waiting' && slotsNeeding(gateSlots(state, gate), memberId).length > 0;
}

/** The roles that nobody has signed for yet, once for each slot. */
export function openRoles({ rule, signOffs }: Gate): RoleId[] {
  return openSlots(rule.requires, signOffs).map(({ roleId }) => roleId);
}

function candidatesFor(state: CompanyState, gate: Gate, roleId: RoleId): Member[] {
  if (gate.state !== 'waiting') return [];
  const standing = (member: Member) => (isOwner(state, member) ? 2 : member.kind === 'agent' ? 1 : 0);
  return membersByName(state)
    .filter((member) => refusalToSign(state, gate, member, roleId) === null)
    .sort((a, b) => standing(a) - standing(b));
}

/** Those that still stand, in the order of their making. */
function openReviews(state: CompanyState, gate: Gate): Task[] {
  return [...state.index.reviewsByGate.get(gate.id)]
    .filter(({ state: at }) => at === 'ready' || at === 'leased' || at === 'blocked')
    .sort((a, b) => a.order - b.order);
}
