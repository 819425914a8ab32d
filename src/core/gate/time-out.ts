/** Decides what happens to gates that nobody signed in time: they ask the next role up, or reject. */
import type { Context } from '../context.ts';
import type { RoleId } from '../ids.ts';
import { ceoRole } from '../org/entitlement.ts';
import type { CompanyState } from '../state.ts';
import { addMs } from '../units.ts';
import type { Gate } from './gate.ts';
import type { GateEvent } from './gate-events.ts';
import { openSlots } from './slot-matching.ts';

export function decideTimeOut(state: CompanyState, gate: Gate, { now }: Context): GateEvent[] {
  const { artifactHash, rule, deadline } = gate;
  if (gate.state !== 'waiting' || artifactHash === null || deadline === null || deadline > now) return [];
  if (rule.onTimeout === 'reject') {
    const instead = gate.request ? 'ask again if it is still needed' : 'hand the work in again';
    const note = `Nobody signed gate ${rule.name} in time; ${instead}`;
    return [{ type: 'gate.rejected', gateId: gate.id, by: null, note, artifactHash }];
  }
  const asked = nextAsked(state, gate);
  // At the top there is nobody further to ask: the gate then waits without a deadline.
  const isTop = asked.every(({ to }) => to === ceoRole);
  const fresh = isTop || rule.timeout === null ? null : addMs(now, rule.timeout);
  return asked.map(({ roleId, to }) => ({
    type: 'gate.escalated',
    gateId: gate.id,
    roleId,
    to,
    deadline: fresh,
  }));
}

/** Who is asked in the place of each open slot's role when the time runs out. */
export function nextAsked(
  state: CompanyState,
  gate: Gate,
): { readonly roleId: RoleId; readonly to: RoleId }[] {
  const open = new Set(openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId));
  return [...open].map((roleId) => ({ roleId, to: nextRole(state, gate, roleId) }));
}

/** The nearest role of the same department that inherits the one asked so far and that somebody holds; then the ceo. */
function nextRole(state: CompanyState, gate: Gate, slot: RoleId): RoleId {
  const asked = gate.escalations.find(({ roleId }) => roleId === slot)?.to ?? slot;
  const department = state.roles.get(slot)?.department;
  const next = state.index.roles
    .inheritors(asked)
    .find(
      (roleId) =>
        roleId !== asked &&
        roleId !== ceoRole &&
        state.roles.get(roleId)?.department === department &&
        isHeld(state, roleId),
    );
  return next ?? ceoRole;
}

function isHeld(state: CompanyState, roleId: RoleId): boolean {
  for (const member of state.members.values()) if (member.roleIds.includes(roleId)) return true;
  return false;
}
