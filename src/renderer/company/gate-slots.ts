/** The slots of a gate as people see them: who filled each, who could, and which of them wait for this person. */
import type { Gate, SignOff } from '../../core/gate/gate.ts';
import { openSlots } from '../../core/gate/slot-matching.ts';
import type { MemberId, RoleId } from '../../core/ids.ts';
import { entitlement } from '../../core/org/entitlement.ts';
import { membersByName } from '../../core/org/membership.ts';
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
  const filled = gate.rule.requires.flatMap(({ roleId }) =>
    gate.signOffs
      .filter((signOff) => signOff.roleId === roleId)
      .map((signOff, index) => ({ roleId, index, signOff })),
  );
  const open = openSlots(gate.rule.requires, gate.signOffs).map((slot) => ({ ...slot, signOff: null }));
  const order = gate.rule.requires.map(({ roleId }) => roleId);
  return [...filled, ...open]
    .sort((a, b) => order.indexOf(a.roleId) - order.indexOf(b.roleId) || a.index - b.index)
    .map(({ roleId, index, signOff }) => ({
      key: `${roleId}-${index}`,
      roleId,
      signOff,
      candidates: signOff ? [] : candidatesFor(state, gate, roleId),
      review: signOff ? null : reviewFor(state, gate, roleId),
      escalatedTo: gate.escalations.find((escalation) => escalation.roleId === roleId)?.to ?? null,
    }));
}

/** The open slots that a member may fill now. */
export function slotsOf(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slots.filter(({ candidates }) => candidates.some(({ id }) => id === memberId));
}

/** Whether the gate waits for this person: a slot that they may fill and that no agent has been asked for. */
export function needsMember(state: CompanyState, gate: Gate, memberId: MemberId | null): boolean {
  if (gate.state !== 'waiting') return false;
  return slotsOf(gateSlots(state, gate), memberId).some(({ review }) => review === null);
}

/** Whether a sign-off by a human is still missing. */
export function needsHuman(gate: Gate): boolean {
  return gate.rule.humanRequired && !gate.signOffs.some(({ kind }) => kind === 'human');
}

function candidatesFor(state: CompanyState, gate: Gate, roleId: RoleId): Member[] {
  const { ownerId, policy } = state.company ?? {};
  const standing = (member: Member) => (member.id === ownerId ? 2 : member.kind === 'agent' ? 1 : 0);
  return membersByName(state)
    .filter((member) => {
      if (!entitlement(state, member, roleId)) return false;
      if (gate.rule.selfApproval === 'forbidden' && gate.authors.includes(member.id)) return false;
      const signed = gate.signOffs.filter(({ memberId }) => memberId === member.id);
      if (signed.some((signOff) => signOff.roleId === roleId)) return false;
      const maySignAgain = member.id === ownerId && policy?.ownerMayFillSeveralSlots === true;
      return !gate.rule.distinct || signed.length === 0 || maySignAgain;
    })
    .sort((a, b) => standing(a) - standing(b));
}

function reviewFor(state: CompanyState, gate: Gate, roleId: RoleId): Task | null {
  const asked = [...state.index.reviewsByGate.get(gate.id)].filter(
    ({ review, state: at }) =>
      review?.roleId === roleId &&
      review.artifactHash === gate.artifactHash &&
      (at === 'ready' || at === 'leased' || at === 'blocked'),
  );
  return asked[0] ?? null;
}
