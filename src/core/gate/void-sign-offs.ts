/** Finds the sign-offs of those who lost the right to them before their gate opened. */
import { entitlement } from '../org/entitlement.ts';
import type { CompanyState } from '../state.ts';
import type { Gate } from './gate.ts';
import type { GateEvent } from './gate-events.ts';

/** Gates that have opened stay open: they were opened by those who could. */
const shut = ['waiting', 'pending', 'rejected', 'vetoed'] as const;

/** By gate, so that the answer is the same wherever it is given. */
export function shutGates(state: CompanyState): Gate[] {
  return shut.flatMap((now) => [...state.index.gatesByState.get(now)]).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One event for each sign-off whose member has left or may not sign for that role any more. */
export function voidSignOffs(state: CompanyState, { id, signOffs }: Gate): GateEvent[] {
  return signOffs
    .filter(({ memberId, roleId }) => {
      const member = state.members.get(memberId);
      return !member || entitlement(state, member, roleId) === null;
    })
    .map(({ memberId, roleId }) => ({ type: 'gate.sign_off_voided', gateId: id, memberId, roleId }));
}
