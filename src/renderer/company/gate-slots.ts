/** The slots of a gate with what the screens add: which agent is asked, and which slots wait for this person. */
import type { Gate } from '../../core/gate/gate.ts';
import type { GateSlot as CoreSlot } from '../../core/gate/gate-slots.ts';
import { gateSlots as coreSlots } from '../../core/gate/gate-slots.ts';
import type { MemberId } from '../../core/ids.ts';
import { isOwner } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

export interface GateSlot extends CoreSlot {
  /** Unique in its gate. */
  readonly key: string;
  /** Who could fill it now: the humans, then the agents, the owner last. */
  readonly entitled: readonly Member[];
  /** The task by which an agent is asked; null when none is. */
  readonly review: Task | null;
}

export function gateSlots(state: CompanyState, gate: Gate): GateSlot[] {
  const asked = openReviews(state, gate);
  return coreSlots(state, gate).map((slot, place) => {
    const at = slot.signOff ? -1 : asked.findIndex(({ review }) => review?.roleId === slot.roleId);
    // Each review is for one slot, so the next open slot of the role gets the next one.
    const [review = null] = at < 0 ? [] : asked.splice(at, 1);
    return { ...slot, key: `${slot.roleId}-${place}`, entitled: inStanding(state, gate, slot), review };
  });
}

/** The open slots that a member may fill now. */
export function slotsOf(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slots.filter(({ entitled }) => entitled.some(({ id }) => id === memberId));
}

/** The open slots that wait for this person: theirs to fill, and no agent has been asked. */
export function slotsNeeding(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slotsOf(slots, memberId).filter(({ review }) => review === null);
}

export function needsMember(state: CompanyState, gate: Gate, memberId: MemberId | null): boolean {
  return gate.state === 'waiting' && slotsNeeding(gateSlots(state, gate), memberId).length > 0;
}

function inStanding(state: CompanyState, gate: Gate, { entitled }: CoreSlot): Member[] {
  if (gate.state !== 'waiting') return [];
  const standing = (member: Member) => (isOwner(state, member) ? 2 : member.kind === 'agent' ? 1 : 0);
  return [...entitled].sort((a, b) => standing(a) - standing(b));
}

/** Those that still stand, in the order of their making. */
function openReviews(state: CompanyState, gate: Gate): Task[] {
  return [...state.index.reviewsByGate.get(gate.id)]
    .filter(({ state: at }) => at === 'ready' || at === 'leased' || at === 'blocked')
    .sort((a, b) => a.order - b.order);
}
