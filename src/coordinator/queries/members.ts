/** Members with where they belong and what they are up to. */
import type { MemberView, QueryParams } from '../../contract/queries.ts';
import type { RoleId } from '../../core/ids.ts';
import { agentState, isHung } from '../../core/org/availability.ts';
import { membersByName, requireMember, whyCapability } from '../../core/org/membership.ts';
import type { Member } from '../../core/org/org.ts';
import type { CompanyState } from '../../core/state.ts';
import { inOrder } from '../../core/task/in-order.ts';
import type { EpochMs } from '../../core/units.ts';

/** By name. */
export function memberViews(state: CompanyState, now: EpochMs): MemberView[] {
  return membersByName(state).map((member) => memberView(state, member, now));
}

/** @throws CoordError `NOT_FOUND` */
export function whyHeld(
  state: CompanyState,
  { memberId, capability }: QueryParams<'why'>,
): readonly RoleId[] | null {
  return whyCapability(state, requireMember(state, memberId), capability);
}

function memberView(state: CompanyState, member: Member, now: EpochMs): MemberView {
  const team = member.teamId ? state.teams.get(member.teamId) : undefined;
  const department = team ? state.departments.get(team.departmentId) : undefined;
  return {
    member,
    department: department?.name ?? null,
    team: team?.name ?? null,
    agent:
      member.kind === 'human'
        ? null
        : {
            state: agentState(state, member, now),
            hung: isHung(state, member, now),
            tasks: [...state.index.leasedByMember.get(member.id)].sort(inOrder),
          },
  };
}
