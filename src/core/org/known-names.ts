/** The names that a file may refer to: roles, capabilities and departments that there are. */
import type { FileNode } from '../file-node.ts';
import type { CompanyState } from '../state.ts';
import { builtinRoles } from './builtin-roles.ts';
import type { Role } from './org.ts';

export interface KnownNames {
  readonly roles: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
  /** Those of roles, which need not be departments of the company. */
  readonly departments: ReadonlySet<string>;
}

export function namesOfRoles(roles: Iterable<Pick<Role, 'id' | 'department' | 'capabilities'>>): KnownNames {
  const all = [...roles];
  return {
    roles: new Set(all.map(({ id }) => id)),
    capabilities: new Set(all.flatMap(({ capabilities }) => capabilities)),
    departments: new Set(all.map(({ department }) => department)),
  };
}

/** What a file may refer to when it stands alone. */
export const builtinNames: KnownNames = namesOfRoles(builtinRoles);

/** What a command to a running company may refer to. */
export function namesOfCompany(state: CompanyState): KnownNames {
  const names = namesOfRoles(state.roles.values());
  const departments = [...state.departments.values()].map(({ name }) => name);
  return { ...names, departments: new Set([...names.departments, ...departments]) };
}

/** What a company file may refer to: the built-in names, and those that it adds itself. */
export function namesOfFile(company: FileNode): KnownNames {
  const texts = (nodes: readonly FileNode[]) => nodes.flatMap((node) => node.text() ?? []);
  const roles = company.get('roles').items();
  const departments = company.get('departments').items();
  return {
    roles: new Set([...builtinNames.roles, ...texts(roles.map((role) => role.get('id')))]),
    capabilities: new Set([
      ...builtinNames.capabilities,
      ...texts(roles.flatMap((role) => role.get('capabilities').items())),
    ]),
    departments: new Set([
      ...builtinNames.departments,
      ...texts(departments.map((department) => department.get('name'))),
    ]),
  };
}
