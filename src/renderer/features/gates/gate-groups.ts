/** The inbox of gates: what needs this person first, then what waits for others; and the history. Pure. */

import { needsMember } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { strings } from './strings.ts';

export interface GateGroup {
  readonly title: string;
  readonly yours: boolean;
  readonly gates: readonly Gate[];
}

export function inboxGroups(state: CompanyState, self: MemberId | null): GateGroup[] {
  const of = (gateState: Gate['state']) =>
    [...state.index.gatesByState.get(gateState)].sort(
      (a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0),
    );
  const waiting = of('waiting');
  const isAside = ({ setAside }: Gate) => setAside.some(({ memberId }) => memberId === self);
  const groups = [
    { title: strings.vetoed, yours: true, gates: of('vetoed') },
    { title: strings.yours, yours: true, gates: waiting.filter((gate) => needsMember(state, gate, self)) },
    {
      title: strings.agents,
      yours: false,
      gates: waiting.filter((gate) => !needsMember(state, gate, self) && !isAside(gate)),
    },
    { title: strings.asideGroup, yours: false, gates: waiting.filter(isAside) },
    { title: strings.rejected, yours: false, gates: of('rejected') },
  ];
  return groups.filter(({ gates }) => gates.length > 0);
}

/** Opened gates, the latest first. */
export function gateHistory(state: CompanyState): Gate[] {
  return [...state.index.gatesByState.get('open')].sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0));
}
