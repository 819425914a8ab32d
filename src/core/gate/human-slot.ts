/** Which open slot of a gate is kept for a human while one must sign and none has. */
import type { RoleId } from '../ids.ts';
import { isOwner } from '../org/membership.ts';
import type { CompanyState } from '../state.ts';
import type { Gate } from './gate.ts';
import { needsHuman, refusalToSign } from './signing-rules.ts';
import { openSlots } from './slot-matching.ts';

/** The open slots that agents may be asked to fill, by role; one per slot. */
export function slotsForAgents(state: CompanyState, gate: Gate): RoleId[] {
  const open = openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId);
  const kept = slotKeptForHuman(state, gate);
  if (kept !== null) open.splice(open.lastIndexOf(kept), 1);
  return open;
}

/**
 * Rather a slot whose role a human other than the owner holds and may sign now, then one that such a human may sign
 * in its place, then the last one that the owner may sign. Null when no slot need be kept.
 */
export function slotKeptForHuman(state: CompanyState, gate: Gate): RoleId | null {
  if (!needsHuman(gate)) return null;
  const open = openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId);
  const humans = [...state.members.values()].filter(({ kind }) => kind === 'human');
  const others = humans.filter((member) => !isOwner(state, member));
  const maySign = (roleId: RoleId) => (member: (typeof humans)[number]) =>
    refusalToSign(state, gate, member, roleId) === null;
  const held = open.find((roleId) =>
    others.some((member) => member.roleIds.includes(roleId) && maySign(roleId)(member)),
  );
  const overridden = () => open.findLast((roleId) => others.some(maySign(roleId)));
  const owners = () => open.findLast((roleId) => humans.some(maySign(roleId)));
  return held ?? overridden() ?? owners() ?? open.at(-1) ?? null;
}
