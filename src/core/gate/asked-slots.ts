/** The slots of a gate with who is asked to fill each: an agent by a review, or a member whom somebody named; and which wait for a person. */
import type { MemberId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { Task } from '../task/task.ts';
import type { Gate } from './gate.ts';
import type { GateSlot } from './gate-slots.ts';
import { gateSlots } from './gate-slots.ts';

export interface AskedSlot extends GateSlot {
  /** The task by which an agent is asked; null: none is. */
  readonly review: Task | null;
  /** The person whom somebody asked to fill it; null: none. */
  readonly askedOf: MemberId | null;
}

export function askedSlots(state: CompanyState, gate: Gate): AskedSlot[] {
  const reviews = openReviews(state, gate);
  const slots = gateSlots(state, gate).map((slot) => ({ slot, asked: delegateOf(state, slot) }));
  // Each review is for one slot, so the next open slot of the role gets the next one.
  const take = (slot: GateSlot, isMeant: (review: Task) => boolean): Task | null => {
    const at = reviews.findIndex((task) => task.review?.roleId === slot.roleId && isMeant(task));
    return at < 0 ? null : (reviews.splice(at, 1)[0] ?? null);
  };
  // Those that were asked of somebody by name come first, so that nobody else’s slot gets them.
  const named = slots.map(({ slot, asked }) =>
    asked?.kind === 'agent' ? take(slot, ({ review }) => review?.askedOf === asked.id) : null,
  );
  return slots.map(({ slot, asked }, at) => {
    const askedOf = asked?.kind === 'human' ? asked.id : null;
    const isAgents = slot.signOff === null && askedOf === null;
    return { ...slot, askedOf, review: named[at] ?? (isAgents ? take(slot, () => true) : null) };
  });
}

function delegateOf(state: CompanyState, { delegation }: GateSlot): Member | null {
  return (delegation && state.members.get(delegation.to)) ?? null;
}

/** The open slots that wait for this person: no agent is asked, nobody else was named, and they have not set it aside. */
export function slotsNeeding<Slot extends AskedSlot>(
  { state, setAside }: Gate,
  slots: readonly Slot[],
  memberId: MemberId | null,
): Slot[] {
  if (state !== 'waiting' || setAside.some((one) => one.memberId === memberId)) return [];
  return slots.filter(
    ({ review, entitled, askedOf }) =>
      review === null &&
      (askedOf === null || askedOf === memberId) &&
      entitled.some(({ id }) => id === memberId),
  );
}

export function needsMember(state: CompanyState, gate: Gate, memberId: MemberId | null): boolean {
  return gate.state === 'waiting' && slotsNeeding(gate, askedSlots(state, gate), memberId).length > 0;
}

/** Those that still stand, in the order of their making. */
function openReviews(state: CompanyState, gate: Gate): Task[] {
  return [...state.index.reviewsByGate.get(gate.id)]
    .filter(({ state: at }) => at === 'ready' || at === 'leased' || at === 'blocked')
    .sort((a, b) => a.order - b.order);
}
