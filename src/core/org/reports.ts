/** Whom a member leads: those of the teams and departments that they are at the head of, and whoever they may assign work to. */
import type { Capability } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { holdsCapability, isOwner, membersByName } from './membership.ts';
import type { Member } from './org.ts';

/** By name. The owner leads everybody. */
export function reportsOf(state: CompanyState, lead: Member): Member[] {
  return membersByName(state).filter((member) => member.id !== lead.id && leads(state, lead, member));
}

function leads(state: CompanyState, lead: Member, member: Member): boolean {
  // Nobody directs the person at the app.
  if (isOwner(state, member)) return false;
  if (isOwner(state, lead) || holdsCapability(state, lead, 'stop_company' as Capability)) return true;
  const team = member.teamId === null ? undefined : state.teams.get(member.teamId);
  if (!team) return false;
  if (team.leadId === lead.id || state.departments.get(team.departmentId)?.headId === lead.id) return true;
  const own = lead.teamId === null ? undefined : state.teams.get(lead.teamId);
  const assigns = holdsCapability(state, lead, 'assign_tasks' as Capability);
  return assigns && own?.departmentId === team.departmentId;
}
