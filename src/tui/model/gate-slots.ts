/** The slots of a gate with the review by which an agent is asked, and whether one waits for a person. */
import type { Gate } from '../../core/gate/gate.ts';
import type { GateSlot } from '../../core/gate/gate-slots.ts';
import { gateSlots } from '../../core/gate/gate-slots.ts';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

export interface AskedSlot extends GateSlot {
  /** Null: no agent is asked. */
  readonly review: Task | null;
}

export function slotsWithReviews(state: CompanyState, gate: Gate): AskedSlot[] {
  const asked = [...state.index.reviewsByGate.get(gate.id)]
    .filter(({ state: at }) => at === 'ready' || at === 'leased' || at === 'blocked')
    .sort((a, b) => a.order - b.order);
  return gateSlots(state, gate).map((slot) => {
    const at = slot.signOff ? -1 : asked.findIndex(({ review }) => review?.roleId === slot.roleId);
    // Each review is for one slot, so the next open slot of the role gets the next one.
    const [review = null] = at < 0 ? [] : asked.splice(at, 1);
    return { ...slot, review };
  });
}

/** Theirs to fill, and no agent has been asked. */
export function needsMember(state: CompanyState, gate: Gate, memberId: MemberId | null): boolean {
  if (gate.state !== 'waiting') return false;
  return slotsWithReviews(state, gate).some(
    ({ signOff, review, entitled }) =>
      signOff === null && review === null && entitled.some(({ id }) => id === memberId),
  );
}

export function gatesForMember(state: CompanyState, memberId: MemberId | null): Gate[] {
  return [...state.index.gatesByState.get('waiting')]
    .filter((gate) => needsMember(state, gate, memberId))
    .sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
}
