/** The slots of a gate as a person looks at them: who filled each, and who could fill those that are open. */
import type { RoleId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { Delegation, Gate, SignOff } from './gate.ts';
import { membersEntitled } from './gate-candidates.ts';
import { refusalToSign } from './signing-rules.ts';

export interface GateSlot {
  readonly roleId: RoleId;
  /** Null while it is open. */
  readonly signOff: SignOff | null;
  /** Who could fill it now, by name; nobody once it is filled. */
  readonly entitled: readonly Member[];
  /** The role that is asked in the slot's place after a time-out. */
  readonly escalatedTo: RoleId | null;
  /** Who was asked to fill it, and still could. */
  readonly delegation: Delegation | null;
}

/** In the order of the rule, the filled slots of a role before its open ones. */
export function gateSlots(state: CompanyState, gate: Gate): GateSlot[] {
  return gate.rule.requires.flatMap(({ roleId, count }) => {
    const signOffs = gate.signOffs.filter((signOff) => signOff.roleId === roleId);
    const entitled = membersEntitled(state, gate, roleId)
      .filter((member) => refusalToSign(state, gate, member, roleId) === null)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const escalatedTo = gate.escalations.find((escalation) => escalation.roleId === roleId)?.to ?? null;
    const delegations = gate.delegations.filter(
      (one) => one.roleId === roleId && entitled.some(({ id }) => id === one.to),
    );
    return Array.from({ length: count }, (_, n): GateSlot => {
      const signOff = signOffs[n] ?? null;
      if (signOff) return { roleId, signOff, entitled: [], escalatedTo: null, delegation: null };
      const delegation = delegations[n - signOffs.length] ?? null;
      return { roleId, signOff, entitled, escalatedTo, delegation };
    });
  });
}
