/** Folds what happened to a company's structure. */
import type { StoredEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import type { Company, Member, Pause } from './org.ts';
import type { OrgEvent } from './org-events.ts';
import { defaultPolicy } from './policy.ts';

type Stamp = Pick<StoredEvent, 'at' | 'actor'>;

export function evolveOrg(state: CompanyState, event: OrgEvent, stamp: Stamp): void {
  switch (event.type) {
    case 'company.created':
    case 'company.configured':
      // An event from before a rule of the policy existed has no word of it: the default holds.
      setCompany(state, {
        ...event.company,
        policy: { ...defaultPolicy, ...event.company.policy },
        pause: state.company?.pause ?? null,
        budget: state.company?.budget ?? null,
      });
      return;
    case 'company.template_merged':
      return changeCompany(state, { template: event.base.template, version: event.base.version });
    case 'company.paused':
      return changeCompany(state, { pause: { kind: 'paused', ...pauseBy(event, stamp) } });
    case 'company.stopped':
      return changeCompany(state, { pause: { kind: 'stopped', ...pauseBy(event, stamp) } });
    case 'company.resumed':
      return changeCompany(state, { pause: null });
    case 'role.defined':
      state.roles.put(event.role);
      return;
    case 'role.removed':
      state.roles.delete(event.roleId);
      return;
    case 'department.added':
    case 'department.changed':
      state.departments.put(event.department);
      return;
    case 'department.removed':
      state.departments.delete(event.departmentId);
      return;
    case 'team.added':
    case 'team.changed':
      state.teams.put(event.team);
      return;
    case 'team.removed':
      state.teams.delete(event.teamId);
      return;
    case 'member.added':
    case 'member.changed':
      return putMember(state, event.member);
    case 'member.paused':
      return changeMember(state, event.memberId, { ...pauseBy(event, stamp), until: null });
    case 'member.rested':
      return changeMember(state, event.memberId, { ...pauseBy(event, stamp), until: event.until });
    case 'member.resumed':
      return changeMember(state, event.memberId, null);
    case 'member.removed':
      state.members.delete(event.memberId);
      return;
  }
}

function pauseBy({ reason }: { readonly reason: string }, { actor, at }: Stamp): Pause {
  return { reason, by: actor, at };
}

/** Whether the member is paused other events say; a person never is. */
function putMember(state: CompanyState, member: Member): void {
  const before = state.members.get(member.id)?.pause ?? null;
  state.members.put({ ...member, pause: member.kind === 'human' ? null : before });
}

function changeMember(state: CompanyState, id: Member['id'], pause: Member['pause']): void {
  const member = state.members.get(id);
  if (member) state.members.put({ ...member, pause });
}

export function changeCompany(state: CompanyState, fields: Partial<Company>): void {
  if (state.company) setCompany(state, { ...state.company, ...fields });
}

/** The company is no row of a table, so its change is recorded here. */
function setCompany(state: CompanyState, company: Company): void {
  const before = state.company;
  state.company = company;
  state.journal.record(() => {
    state.company = before;
  });
}
