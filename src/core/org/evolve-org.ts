/** Folds what happened to a company's structure. */
import type { CompanyState } from '../state.ts';
import type { Company } from './org.ts';
import type { OrgEvent } from './org-events.ts';
import { defaultPolicy } from './policy.ts';

export function evolveOrg(state: CompanyState, event: OrgEvent): void {
  switch (event.type) {
    case 'company.created':
    case 'company.configured':
      // An event from before a rule of the policy existed has no word of it: the default holds.
      setCompany(state, { ...event.company, policy: { ...defaultPolicy, ...event.company.policy } });
      return;
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
      state.members.put(event.member);
      return;
    case 'member.removed':
      state.members.delete(event.memberId);
      return;
  }
}

/** The company is no row of a table, so its change is recorded here. */
function setCompany(state: CompanyState, company: Company): void {
  const before = state.company;
  state.company = company;
  state.journal.record(() => {
    state.company = before;
  });
}
