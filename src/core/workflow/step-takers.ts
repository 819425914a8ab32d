/** Who may take a step or a task of a role. */
import type { Capability, RoleId } from '../ids.ts';
import { holdsCapability, isOwner, membersByName, seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';

/** What a task asks of whoever takes it. */
export interface TakerNeed {
  /** Null: any role. */
  readonly roleId: RoleId | null;
  readonly requiresCapabilities: readonly Capability[];
}

/** Whether the member has the role, or one that inherits it, and every capability that the task requires. */
export function mayTake(state: CompanyState, member: Member, need: TakerNeed): boolean {
  const hasRole = need.roleId === null || seniority(state, member, need.roleId) !== null;
  return (
    hasRole && need.requiresCapabilities.every((capability) => holdsCapability(state, member, capability))
  );
}

/**
 * The members who may take it, least senior first, then by name. The owner isn't counted:
 * they may claim any task, but no company relies on it.
 */
export function stepTakers(state: CompanyState, need: TakerNeed): Member[] {
  const rank = (member: Member) => (need.roleId === null ? 0 : (seniority(state, member, need.roleId) ?? 0));
  return membersByName(state)
    .filter((member) => !isOwner(state, member) && mayTake(state, member, need))
    .sort((a, b) => rank(a) - rank(b));
}
