/** Who may sign a gate's slot: holders of its role, seniors of the same department in its place, and the ceo. */
import type { RoleId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Member } from './org.ts';

/** Stands above the departments and overrides in all of them. */
export const ceoRole = 'ceo' as RoleId;

export interface Entitlement {
  /** The member's role that overrides the slot's; null when the member holds the slot's own role. */
  readonly overrideBy: RoleId | null;
}

/** Whether, and as what, a member may sign a slot of the role; null when not. */
export function entitlement(state: CompanyState, member: Member, slotRole: RoleId): Entitlement | null {
  if (member.roleIds.includes(slotRole)) return { overrideBy: null };
  const department = state.roles.get(slotRole)?.department;
  const { roles } = state.index;
  let nearest: { roleId: RoleId; distance: number } | null = null;
  for (const roleId of member.roleIds) {
    const distance = roles.distance(roleId, slotRole);
    if (distance === null || state.roles.get(roleId)?.department !== department) continue;
    if (nearest === null || distance < nearest.distance) nearest = { roleId, distance };
  }
  if (nearest) return { overrideBy: nearest.roleId };
  return member.roleIds.includes(ceoRole) ? { overrideBy: ceoRole } : null;
}
