/** Whether a change of the org model stays inside the department whose people a member allocates. */
import type { CommandOf } from '../command.ts';
import type { Capability, MemberId, RoleId, TeamId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { holdsCapability, seniority } from './membership.ts';
import type { Member } from './org.ts';

export type OrgChange = CommandOf<
  'team.add' | 'team.change' | 'team.remove' | 'member.add' | 'member.change' | 'member.remove'
>;

/** Who allocates people, by the name of the department. */
const allocators: ReadonlyMap<string, Capability> = new Map([
  ['engineering', 'allocate_eng_resources' as Capability],
  ['product', 'allocate_product_resources' as Capability],
]);

/**
 * The capability that covers the change, when the actor holds it: every department that the change touches is the
 * capability's, and every role in it, before and after, one that the actor has too. Otherwise anyone could hire a ceo.
 * What a member runs and spends, and who is a person, goes beyond any department.
 */
export function inOwnDepartment(state: CompanyState, change: OrgChange, actor: Member): Capability | null {
  if (setsTerms(change)) return null;
  const reach = reachOf(state, change);
  const [department, ...others] = new Set(reach.departments);
  const capability = department && others.length === 0 ? allocators.get(department) : undefined;
  if (!capability || !holdsCapability(state, actor, capability)) return null;
  const isCovered = reach.roleIds.every(
    (roleId) =>
      seniority(state, actor, roleId) !== null && state.roles.get(roleId)?.department === department,
  );
  return isCovered ? capability : null;
}

/** A runner may run any command as the host's user, a launcher may start what costs elsewhere, a budget is money, and a person signs where a person is required. */
function setsTerms(change: OrgChange): boolean {
  if (change.type === 'member.add') {
    const { runner, launcher, budget, kind } = change.member;
    return runner !== undefined || launcher !== undefined || budget !== undefined || kind === 'human';
  }
  if (change.type !== 'member.change' || !change.member) return false;
  const { runner, launcher, budget, kind } = change.member;
  return runner !== undefined || launcher !== undefined || budget !== undefined || kind !== undefined;
}

/** What a change touches. A team or department that isn't there has no name, and so is nobody's own. */
interface Reach {
  readonly departments: readonly (string | null)[];
  readonly roleIds: readonly RoleId[];
}

function reachOf(state: CompanyState, change: OrgChange): Reach {
  const nameOf = (id: Parameters<typeof state.departments.get>[0]) => state.departments.get(id)?.name ?? null;
  const ofTeam = (id: TeamId | null) => {
    const team = id === null ? undefined : state.teams.get(id);
    return team ? nameOf(team.departmentId) : null;
  };
  const ofMember = (id: MemberId): Reach => {
    const member = state.members.get(id);
    return { departments: [ofTeam(member?.teamId ?? null)], roleIds: member?.roleIds ?? [] };
  };
  switch (change.type) {
    case 'team.add':
      return { departments: [nameOf(change.departmentId)], roleIds: [] };
    case 'team.remove':
      return { departments: [ofTeam(change.teamId)], roleIds: [] };
    case 'team.change': {
      const to = change.departmentId === undefined ? [] : [nameOf(change.departmentId)];
      return { departments: [ofTeam(change.teamId), ...to], roleIds: [] };
    }
    case 'member.add':
      return { departments: [ofTeam(change.teamId)], roleIds: [change.member.role, ...change.member.also] };
    case 'member.remove':
      return ofMember(change.memberId);
    case 'member.change': {
      const before = ofMember(change.memberId);
      const to = change.teamId === undefined ? [] : [ofTeam(change.teamId)];
      const role = change.member?.role;
      return {
        departments: [...before.departments, ...to],
        roleIds: [...before.roleIds, ...(role ? [role] : []), ...(change.member?.also ?? [])],
      };
    }
  }
}
