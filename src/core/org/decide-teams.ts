/** Decides what is asked about departments and teams. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { DepartmentId, TeamId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { membersByName, requireMember } from './membership.ts';
import type { Department, Team } from './org.ts';
import type { OrgEvent } from './org-events.ts';

/** @throws CoordError `NOT_FOUND` */
export function requireTeam(state: CompanyState, id: TeamId): Team {
  const team = state.teams.get(id);
  if (team) return team;
  throw new CoordError('NOT_FOUND', `There is no team ${id} in this company`, { teamId: id });
}

/** @throws CoordError `NOT_FOUND` */
export function requireDepartment(state: CompanyState, id: DepartmentId): Department {
  const department = state.departments.get(id);
  if (department) return department;
  throw new CoordError('NOT_FOUND', `There is no department ${id} in this company`, { departmentId: id });
}

export function decideAddDepartment(
  state: CompanyState,
  { name }: CommandOf<'department.add'>,
  { newId }: Context,
): OrgEvent[] {
  refuseDepartmentName(state, name, null);
  return [{ type: 'department.added', department: { id: newId('department'), name, headId: null } }];
}

export function decideChangeDepartment(
  state: CompanyState,
  { departmentId, name, headId }: CommandOf<'department.change'>,
): OrgEvent[] {
  const before = requireDepartment(state, departmentId);
  if (name !== undefined) refuseDepartmentName(state, name, departmentId);
  if (headId) {
    const head = requireMember(state, headId);
    const team = head.teamId ? state.teams.get(head.teamId) : undefined;
    if (team?.departmentId !== departmentId) {
      const message = `${head.name} can't head ${before.name}: not a member of a team of this department; move them first`;
      throw new CoordError('BAD_INPUT', message, { memberId: headId, departmentId });
    }
  }
  const department = {
    ...before,
    name: name ?? before.name,
    headId: headId === undefined ? before.headId : headId,
  };
  if (department.name === before.name && department.headId === before.headId) return [];
  return [{ type: 'department.changed', department }];
}

export function decideRemoveDepartment(
  state: CompanyState,
  { departmentId }: CommandOf<'department.remove'>,
): OrgEvent[] {
  const { name } = requireDepartment(state, departmentId);
  const teams = teamsOf(state, departmentId).map((team) => team.name);
  if (teams.length > 0) {
    const message = `The department ${name} still has the teams ${teams.join(', ')}: move or remove them first`;
    throw new CoordError('IN_USE', message, { departmentId, users: teams });
  }
  return [{ type: 'department.removed', departmentId }];
}

export function decideAddTeam(
  state: CompanyState,
  { departmentId, name }: CommandOf<'team.add'>,
  { newId }: Context,
): OrgEvent[] {
  requireDepartment(state, departmentId);
  refuseTeamName(state, name, departmentId, null);
  return [{ type: 'team.added', team: { id: newId('team'), name, departmentId, leadId: null } }];
}

export function decideChangeTeam(
  state: CompanyState,
  { teamId, name, leadId, departmentId }: CommandOf<'team.change'>,
): OrgEvent[] {
  const before = requireTeam(state, teamId);
  const target = requireDepartment(state, departmentId ?? before.departmentId);
  refuseTeamName(state, name ?? before.name, target.id, teamId);
  if (leadId) {
    const lead = requireMember(state, leadId);
    if (lead.teamId !== teamId) {
      const message = `${lead.name} can't lead ${before.name}: not a member of this team; move them first`;
      throw new CoordError('BAD_INPUT', message, { memberId: leadId, teamId });
    }
  }
  const team: Team = {
    ...before,
    name: name ?? before.name,
    departmentId: target.id,
    leadId: leadId === undefined ? before.leadId : leadId,
  };
  if (JSON.stringify(team) === JSON.stringify(before)) return [];
  return [{ type: 'team.changed', team }, ...headLeft(state, before, target.id)];
}

export function decideRemoveTeam(state: CompanyState, { teamId }: CommandOf<'team.remove'>): OrgEvent[] {
  const { name } = requireTeam(state, teamId);
  const members = membersByName(state)
    .filter((member) => member.teamId === teamId)
    .map((member) => member.name);
  if (members.length > 0) {
    const message = `The team ${name} still has the members ${members.join(', ')}: move or remove them first`;
    throw new CoordError('IN_USE', message, { teamId, users: members });
  }
  return [{ type: 'team.removed', teamId }];
}

/** A department whose head goes to another one with the whole team has no head any more. */
function headLeft(state: CompanyState, team: Team, to: DepartmentId): OrgEvent[] {
  const from = requireDepartment(state, team.departmentId);
  const head = from.headId ? state.members.get(from.headId) : undefined;
  if (from.id === to || head?.teamId !== team.id) return [];
  return [{ type: 'department.changed', department: { ...from, headId: null } }];
}

function teamsOf(state: CompanyState, departmentId: DepartmentId): Team[] {
  return [...state.teams.values()]
    .filter((team) => team.departmentId === departmentId)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function refuseDepartmentName(state: CompanyState, name: string, but: DepartmentId | null): void {
  if (![...state.departments.values()].some((other) => other.name === name && other.id !== but)) return;
  throw new CoordError('NAME_TAKEN', `There is a department ${name} already; choose another name`, { name });
}

function refuseTeamName(
  state: CompanyState,
  name: string,
  departmentId: DepartmentId,
  but: TeamId | null,
): void {
  if (!teamsOf(state, departmentId).some((other) => other.name === name && other.id !== but)) return;
  const message = `There is a team ${name} in this department already; choose another name`;
  throw new CoordError('NAME_TAKEN', message, { name });
}
