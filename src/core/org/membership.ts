/** What a member is and may do: the roles held, the capabilities that come with them, and why. */
import { CoordError } from '../error.ts';
import type { Capability, MemberId, RoleId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Member } from './org.ts';

/** @throws CoordError `NOT_FOUND` */
export function requireMember(state: CompanyState, id: MemberId): Member {
  const member = state.members.get(id);
  if (member) return member;
  throw new CoordError(
    'NOT_FOUND',
    `There is no member ${id} in this company; \`agentcoord status\` lists those there are`,
    {
      memberId: id,
    },
  );
}

/** The person at the app, whom every company has. */
export function isOwner(state: CompanyState, member: Pick<Member, 'id'>): boolean {
  return state.company?.ownerId === member.id;
}

/** How far above a role the member stands: 0 holds exactly it, n inherits it over n steps; null: doesn't have it at all. */
export function seniority(state: CompanyState, member: Member, roleId: RoleId): number | null {
  const distances = member.roleIds
    .map((held) => state.index.roles.distance(held, roleId))
    .filter((distance) => distance !== null);
  return distances.length > 0 ? Math.min(...distances) : null;
}

export function holdsCapability(state: CompanyState, member: Member, capability: Capability): boolean {
  return member.roleIds.some((roleId) => state.index.roles.capabilities(roleId).has(capability));
}

/**
 * Why a member holds a capability: the shortest path from one of the member's roles to the role whose own it is,
 * both included. Null when the member doesn't hold it.
 */
export function whyCapability(
  state: CompanyState,
  member: Member,
  capability: Capability,
): readonly RoleId[] | null {
  let shortest: readonly RoleId[] | null = null;
  for (const held of member.roleIds) {
    for (const roleId of state.index.roles.inherited(held)) {
      if (!state.roles.get(roleId)?.capabilities.includes(capability)) continue;
      const path = state.index.roles.path(held, roleId);
      if (path && (shortest === null || path.length < shortest.length)) shortest = path;
    }
  }
  return shortest;
}

/** The members who hold a capability, by name. */
export function holders(state: CompanyState, capability: Capability): Member[] {
  return membersByName(state).filter((member) => holdsCapability(state, member, capability));
}

/** All members in the order of their names, so that equal states list them alike. */
export function membersByName(state: CompanyState): Member[] {
  return [...state.members.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
