/** The slots of a gate with what the screens add: in which order those who could fill one are named. */
import type { AskedSlot } from '../../core/gate/asked-slots.ts';
import { askedSlots } from '../../core/gate/asked-slots.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { MemberId } from '../../core/ids.ts';
import { isOwner } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';

export interface GateSlot extends AskedSlot {
  /** Unique in its gate. */
  readonly key: string;
  /** Who could fill it now: the humans, then the agents, the owner last. */
  readonly entitled: readonly Member[];
}

export function gateSlots(state: CompanyState, gate: Gate): GateSlot[] {
  return askedSlots(state, gate).map((slot, place) => ({
    ...slot,
    key: `${slot.roleId}-${place}`,
    entitled: inStanding(state, gate, slot),
  }));
}

/** The open slots that a member may fill now. */
export function slotsOf(slots: readonly GateSlot[], memberId: MemberId | null): GateSlot[] {
  return slots.filter(({ entitled }) => entitled.some(({ id }) => id === memberId));
}

function inStanding(state: CompanyState, gate: Gate, { entitled }: AskedSlot): Member[] {
  if (gate.state !== 'waiting') return [];
  const standing = (member: Member) => (isOwner(state, member) ? 2 : member.kind === 'agent' ? 1 : 0);
  return [...entitled].sort((a, b) => standing(a) - standing(b));
}
