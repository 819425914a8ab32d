/** The gates that wait for a person, the longest first. */
import { needsMember } from '../../core/gate/asked-slots.ts';
import type { Gate } from '../../core/gate/gate.ts';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';

export function gatesForMember(state: CompanyState, memberId: MemberId | null): Gate[] {
  return [...state.index.gatesByState.get('waiting')]
    .filter((gate) => needsMember(state, gate, memberId))
    .sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
}
