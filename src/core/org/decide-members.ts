/** Decides what is asked about members. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { MemberId, TeamId } from '../ids.ts';
import { suggestion } from '../nearest-name.ts';
import type { CompanyState } from '../state.ts';
import { requireTeam } from './decide-teams.ts';
import { ceoRole } from './entitlement.ts';
import { isOwner, requireMember } from './membership.ts';
import type { Member } from './org.ts';
import type { OrgEvent } from './org-events.ts';
import { changedMember, memberFrom } from './org-from-file.ts';

export function decideAddMember(
  state: CompanyState,
  { member: file, teamId }: CommandOf<'member.add'>,
  { newId }: Context,
): OrgEvent[] {
  if (teamId) requireTeam(state, teamId);
  const member = memberFrom(newId('member'), file, teamId);
  refuseBadMember(state, member);
  return [{ type: 'member.added', member }];
}

export function decideChangeMember(
  state: CompanyState,
  { memberId, member: change, teamId }: CommandOf<'member.change'>,
): OrgEvent[] {
  const before = requireMember(state, memberId);
  if (teamId) requireTeam(state, teamId);
  const moved = teamId === undefined ? before : { ...before, teamId };
  const member = change ? changedMember(moved, change) : moved;
  if (JSON.stringify(member) === JSON.stringify(before)) return [];
  refuseBadMember(state, member);
  if (isOwner(state, before)) refuseOwnerChange(member);
  if (member.kind !== before.kind) refuseBusy(state, before, `change into ${withArticle(member.kind)}`);
  return [{ type: 'member.changed', member }, ...postsLeft(state, before, member.teamId)];
}

export function decideRemoveMember(
  state: CompanyState,
  { memberId }: CommandOf<'member.remove'>,
): OrgEvent[] {
  const member = requireMember(state, memberId);
  if (isOwner(state, member)) {
    const message = `${member.name} is the owner and can't be removed: every company has one; rename the member instead`;
    throw new CoordError('IN_USE', message, { memberId });
  }
  refuseBusy(state, member, 'be removed');
  return [...postsLeft(state, member, null), { type: 'member.removed', memberId }];
}

function refuseBadMember(state: CompanyState, member: Member): void {
  const others = [...state.index.membersByName.get(member.name)].filter(({ id }) => id !== member.id);
  if (others.length > 0) {
    throw new CoordError('NAME_TAKEN', `There is a member ${member.name} already; choose another name`, {
      name: member.name,
    });
  }
  const unknown = member.roleIds.find((roleId) => !state.roles.get(roleId));
  if (unknown !== undefined) {
    const names = [...state.roles.values()].map(({ id }) => id);
    const message = `There is no role \`${unknown}\` for ${member.name}: ${suggestion(unknown, names)}`;
    throw new CoordError('NOT_FOUND', message, { roleId: unknown });
  }
  if (member.kind === 'agent' && member.roleIds.length > 1) {
    const message = `${member.name} can't have ${member.roleIds.length} roles: an agent has one; add an agent for each`;
    throw new CoordError('BAD_INPUT', message, { roleIds: member.roleIds });
  }
}

function refuseOwnerChange(owner: Member): void {
  const isKept = owner.kind === 'human' && owner.roleIds.includes(ceoRole) && owner.teamId === null;
  if (isKept) return;
  const message = `The owner ${owner.name} stays a human \`ceo\` above the teams; add another member for the other post`;
  throw new CoordError('BAD_INPUT', message, { memberId: owner.id });
}

/** What a member holds must be finished or given back before the member can go. */
function refuseBusy(state: CompanyState, member: Member, change: string): void {
  const tasks = [...state.index.leasedByMember.get(member.id)].sort((a, b) => (a.id < b.id ? -1 : 1));
  if (tasks.length > 0) {
    const named = tasks.map(({ id, title }) => `"${title}" (${id})`).join(', ');
    const message = `${member.name} can't ${change}: still at work on ${named}; let it finish, or release or cancel it first`;
    throw new CoordError('IN_USE', message, { memberId: member.id, tasks: tasks.map(({ id }) => id) });
  }
  const workers = [...state.index.workersByMember.get(member.id)]
    .filter((worker) => worker.endedAt === null)
    .map(({ id }) => id)
    .sort();
  if (workers.length > 0) {
    const message = `${member.name} can't ${change}: the worker ${workers.join(', ')} acts for this agent; drain it first`;
    throw new CoordError('IN_USE', message, { memberId: member.id, workers });
  }
}

/** The team and the department that the member leads and now leaves have nobody at their head. */
function postsLeft(state: CompanyState, { id, teamId: from }: Member, to: TeamId | null): OrgEvent[] {
  if (from === null || from === to) return [];
  const team = requireTeam(state, from);
  const teamEvents: OrgEvent[] =
    team.leadId === id ? [{ type: 'team.changed', team: { ...team, leadId: null } }] : [];
  const staysInDepartment = to !== null && state.teams.get(to)?.departmentId === team.departmentId;
  return [...teamEvents, ...(staysInDepartment ? [] : headshipLeft(state, id))];
}

function headshipLeft(state: CompanyState, id: MemberId): OrgEvent[] {
  return [...state.departments.values()]
    .filter(({ headId }) => headId === id)
    .map((department) => ({ type: 'department.changed', department: { ...department, headId: null } }));
}

const withArticle = (kind: Member['kind']): string => (kind === 'agent' ? 'an agent' : 'a human');
