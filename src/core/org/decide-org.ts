/** Decides what is asked about a company's structure. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import type { ScalingEvent } from '../scaling/scaling-events.ts';
import type { CompanyState } from '../state.ts';
import type { WorkflowEvent } from '../workflow/workflow-events.ts';
import { decideCreateCompany } from './create-company.ts';
import { decideAddMember, decideChangeMember, decideRemoveMember } from './decide-members.ts';
import {
  decidePauseCompany,
  decidePauseMember,
  decideResumeCompany,
  decideResumeMember,
  decideStopCompany,
} from './decide-pause.ts';
import { decideDefineRole, decideRemoveRole } from './decide-roles.ts';
import {
  decideAddDepartment,
  decideAddTeam,
  decideChangeDepartment,
  decideChangeTeam,
  decideRemoveDepartment,
  decideRemoveTeam,
} from './decide-teams.ts';
import { decideMergeTemplate } from './merge-template.ts';
import type { orgCommandSchemas } from './org-commands.ts';
import type { OrgEvent } from './org-events.ts';
import { policyFrom } from './policy.ts';
import { requireCompany } from './require-company.ts';
import { decideRest } from './rest-agent.ts';

export type OrgCommand = CommandOf<
  Exclude<(typeof orgCommandSchemas)[number]['shape']['type']['value'], 'org.change'>
>;

export function decideOrg(
  state: CompanyState,
  command: OrgCommand,
  context: Context,
): (OrgEvent | WorkflowEvent | ScalingEvent)[] {
  if (command.type !== 'company.create') requireCompany(state);
  switch (command.type) {
    case 'company.create':
      return decideCreateCompany(state, command, context);
    case 'company.configure':
      return decideConfigure(state, command);
    case 'company.pause':
      return decidePauseCompany(state, command);
    case 'company.stop':
      return decideStopCompany(state, command);
    case 'company.resume':
      return decideResumeCompany(state);
    case 'member.pause':
      return decidePauseMember(state, command);
    case 'member.rest':
      return decideRest(state, command, context);
    case 'member.resume':
      return decideResumeMember(state, command);
    case 'role.define':
      return decideDefineRole(state, command);
    case 'company.merge_template':
      return decideMergeTemplate(command);
    case 'role.remove':
      return decideRemoveRole(state, command);
    case 'department.add':
      return decideAddDepartment(state, command, context);
    case 'department.change':
      return decideChangeDepartment(state, command);
    case 'department.remove':
      return decideRemoveDepartment(state, command);
    case 'team.add':
      return decideAddTeam(state, command, context);
    case 'team.change':
      return decideChangeTeam(state, command);
    case 'team.remove':
      return decideRemoveTeam(state, command);
    case 'member.add':
      return decideAddMember(state, command, context);
    case 'member.change':
      return decideChangeMember(state, command);
    case 'member.remove':
      return decideRemoveMember(state, command);
  }
}

/** What isn't named stays as it is. */
function decideConfigure(state: CompanyState, { name, policy }: CommandOf<'company.configure'>): OrgEvent[] {
  const before = requireCompany(state);
  const company = {
    ...before,
    name: name ?? before.name,
    policy: policyFrom(policy ?? {}, before.policy),
  };
  const isSame = JSON.stringify(company) === JSON.stringify(before);
  return isSame ? [] : [{ type: 'company.configured', company }];
}
