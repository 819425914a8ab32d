/** Decides the creation of a company from a whole file: every row of it, or a refusal with everything that is wrong. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { FileNode } from '../file-node.ts';
import type { DepartmentId, MemberId, TeamId } from '../ids.ts';
import { refuseProblems } from '../problem.ts';
import { scalingFrom } from '../scaling/decide-scaling.ts';
import type { ScalingEvent } from '../scaling/scaling-events.ts';
import type { CompanyState } from '../state.ts';
import type { WorkflowEvent } from '../workflow/workflow-events.ts';
import type { WorkflowFile } from '../workflow/workflow-file.ts';
import { workflowFrom } from '../workflow/workflow-from-file.ts';
import { builtinRoles } from './builtin-roles.ts';
import { checkCompanyFile } from './check-company-file.ts';
import type { CompanyFile } from './company-file.ts';
import { ceoRole } from './entitlement.ts';
import type { Member } from './org.ts';
import type { OrgEvent } from './org-events.ts';
import { customRole, memberFrom } from './org-from-file.ts';
import { policyFrom } from './policy.ts';

type DepartmentFile = CompanyFile['departments'][number];
type TeamFile = DepartmentFile['teams'][number];

export function decideCreateCompany(
  state: CompanyState,
  { file, workflows, ownerName }: CommandOf<'company.create'>,
  { now, newId }: Context,
): (OrgEvent | WorkflowEvent | ScalingEvent)[] {
  if (state.company) {
    throw new CoordError(
      'COMPANY_EXISTS',
      `The company ${state.company.name} exists already; this is its log`,
    );
  }
  const surroundings = {
    workflows: new Set<string>(workflows.map(({ name }) => name)),
    takenNames: new Set([ownerName]),
  };
  const entries = resolve(file, workflows);
  refuseProblems(
    `The company \`${file.name}\``,
    checkCompanyFile(new FileNode({ ...file, workflows: entries }), surroundings),
  );

  const owner = ownerOf(newId('member'), ownerName);
  const company = {
    id: newId('company'),
    name: file.name,
    template: file.template,
    version: file.version,
    ownerId: owner.id,
    policy: policyFrom(file.policy),
    pause: null,
    budget: null,
    createdAt: now,
  };
  return [
    { type: 'company.created', company },
    ...[...builtinRoles, ...file.roles.map(customRole)].map(
      (role): OrgEvent => ({ type: 'role.defined', role }),
    ),
    { type: 'member.added', member: owner },
    ...file.departments.flatMap((department) => departmentEvents(department, newId)),
    ...entries
      .filter((entry) => typeof entry !== 'string')
      .map((entry): WorkflowEvent => ({ type: 'workflow.defined', workflow: workflowFrom(entry) })),
    ...file.scaling.map((rule): ScalingEvent => ({ type: 'scaling.set', rule: scalingFrom(rule) })),
  ];
}

/** The entries of the file, names replaced by what the host brought for them, and whatever it brought beyond. */
function resolve(file: CompanyFile, brought: readonly WorkflowFile[]): CompanyFile['workflows'] {
  const nameOf = (entry: CompanyFile['workflows'][number]) =>
    typeof entry === 'string' ? entry : entry.name;
  const listed = new Set<string>(file.workflows.map(nameOf));
  const entries = file.workflows.map((entry) => brought.find(({ name }) => name === nameOf(entry)) ?? entry);
  return [...entries, ...brought.filter(({ name }) => !listed.has(name))];
}

function ownerOf(id: MemberId, name: string): Member {
  return {
    id,
    name,
    kind: 'human',
    roleIds: [ceoRole],
    teamId: null,
    tags: [],
    runner: null,
    maxConcurrent: 1,
    budget: null,
    pause: null,
  };
}

/** The department and its teams come before the members, whose ids they name already. */
function departmentEvents(file: DepartmentFile, newId: Context['newId']): OrgEvent[] {
  const id = newId('department');
  const teams = file.teams.map((team) => teamRows(team, id, newId));
  const members = teams.flatMap((team) => team.members);
  return [
    { type: 'department.added', department: { id, name: file.name, headId: idOf(members, file.head) } },
    ...teams.map(({ team }): OrgEvent => ({ type: 'team.added', team })),
    ...members.map((member): OrgEvent => ({ type: 'member.added', member })),
  ];
}

function teamRows(file: TeamFile, departmentId: DepartmentId, newId: Context['newId']) {
  const id: TeamId = newId('team');
  const members = file.members.map((member) => memberFrom(newId('member'), member, id));
  return { team: { id, name: file.name, departmentId, leadId: idOf(members, file.lead) }, members };
}

function idOf(members: readonly Member[], name: string | undefined): MemberId | null {
  return members.find((member) => member.name === name)?.id ?? null;
}
