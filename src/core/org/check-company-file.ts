/** What a schema can't see in a company file: names used twice or unknown, and roles that inherit each other. */
import type { FileNode } from '../file-node.ts';
import { suggestion } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../problem.ts';
import { checkWorkflowFile, repeated, unknownName } from '../workflow/check-workflow-file.ts';
import { checkRoles } from './check-roles.ts';
import type { KnownNames } from './known-names.ts';
import { namesOfFile } from './known-names.ts';

/** What the file may refer to without saying it itself. */
export interface FileSurroundings {
  /** Workflows that the file may list by name. */
  readonly workflows: ReadonlySet<string>;
  /** Names that a member may not have. */
  readonly takenNames: ReadonlySet<string>;
}

/** Every problem of the company at this node, which may be of any shape: what the schema refuses is passed over. */
export function checkCompanyFile(company: FileNode, surroundings: FileSurroundings): Problem[] {
  const departments = company.get('departments').items();
  const known = namesOfFile(company);
  return [
    ...checkRoles(company.get('roles').items(), known),
    ...repeated(
      departments.map((department) => department.get('name')),
      'department',
    ),
    ...departments.flatMap((department) => checkDepartment(department, departments)),
    ...checkMembers(departments.flatMap(membersOf), known, surroundings),
    ...checkScaling(company.get('scaling').items(), known),
    ...checkWorkflows(company.get('workflows').items(), known, surroundings),
    ...repeated(company.get('channels').items().map(nameOrSelf), 'channel', 'remove one of them'),
  ];
}

/** An entry that is a name alone, or one that is written out. */
const nameOrSelf = (entry: FileNode): FileNode => (entry.text() === null ? entry.get('name') : entry);

const membersOf = (department: FileNode): FileNode[] =>
  department
    .get('teams')
    .items()
    .flatMap((team) => team.get('members').items());

const memberNames = (members: readonly FileNode[]): string[] =>
  members.flatMap((member) => member.get('name').text() ?? []);

function checkDepartment(department: FileNode, all: readonly FileNode[]): Problem[] {
  const teams = department.get('teams').items();
  const everybody = memberNames(all.flatMap(membersOf));
  return [
    ...repeated(
      teams.map((team) => team.get('name')),
      'team',
    ),
    ...checkPost(department.get('head'), 'head', 'department', memberNames(membersOf(department)), everybody),
    ...teams.flatMap((team) =>
      checkPost(team.get('lead'), 'lead', 'team', memberNames(team.get('members').items()), everybody),
    ),
  ];
}

/** A head is a member of the department, a lead of the team. */
function checkPost(
  node: FileNode,
  post: string,
  group: string,
  inside: readonly string[],
  everybody: readonly string[],
): Problem[] {
  const name = node.text();
  if (name === null || inside.includes(name)) return [];
  const fix =
    inside.length > 0 ? suggestion(name, inside) : `add a member to the ${group}, or remove the ${post}`;
  const message = everybody.includes(name)
    ? `\`${name}\` can't be the ${post}: not a member of this ${group}`
    : `there is no member \`${name}\` to be the ${post}`;
  return [problemAt(node, message, fix)];
}

function checkMembers(
  members: readonly FileNode[],
  { roles }: KnownNames,
  { takenNames }: FileSurroundings,
): Problem[] {
  const names = members.map((member) => member.get('name'));
  return [
    ...repeated(names, 'member'),
    ...names
      .filter((name) => takenNames.has(name.text() ?? ''))
      .map((name) =>
        problemAt(name, `\`${name.text()}\` is the owner's name`, 'give the member another name'),
      ),
    ...members.flatMap((member) => checkRolesOf(member, roles)),
  ];
}

function checkRolesOf(member: FileNode, roles: ReadonlySet<string>): Problem[] {
  const also = member.get('also');
  const held = [member.get('role'), ...also.items()];
  const isAgent = (member.get('kind').text() ?? 'agent') === 'agent';
  const several =
    isAgent && also.items().length > 0
      ? [problemAt(also, 'an agent has one role', 'add `kind: human`, or make it an agent of its own')]
      : [];
  return [
    ...held.flatMap((node) => unknownName(node, 'role', roles)),
    ...repeated(held, 'role', 'remove it'),
    ...several,
  ];
}

function checkScaling(rules: readonly FileNode[], { roles }: KnownNames): Problem[] {
  return [
    ...repeated(
      rules.map((rule) => rule.get('name')),
      'scaling rule',
    ),
    ...rules.flatMap((rule) => unknownName(rule.get('role'), 'role', roles)),
  ];
}

function checkWorkflows(
  entries: readonly FileNode[],
  known: KnownNames,
  { workflows }: FileSurroundings,
): Problem[] {
  const isWrittenOut = (entry: FileNode) => entry.text() === null;
  return [
    ...repeated(entries.map(nameOrSelf), 'workflow', 'remove one of them'),
    ...entries.flatMap((entry) =>
      isWrittenOut(entry) ? checkWorkflowFile(entry, known) : unknownName(entry, 'workflow', workflows),
    ),
  ];
}
