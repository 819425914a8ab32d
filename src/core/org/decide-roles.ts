/** Decides what is asked about custom roles; the built-in ones can be neither changed nor removed. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { FileNode } from '../file-node.ts';
import type { RoleId } from '../ids.ts';
import { refuseProblems } from '../problem.ts';
import type { CompanyState } from '../state.ts';
import { checkRoles } from './check-roles.ts';
import { namesOfCompany } from './known-names.ts';
import { membersByName } from './membership.ts';
import type { Role } from './org.ts';
import type { OrgEvent } from './org-events.ts';
import { customRole } from './org-from-file.ts';

/** Adds a custom role, or replaces the one of the same id. */
export function decideDefineRole(state: CompanyState, { role: file }: CommandOf<'role.define'>): OrgEvent[] {
  const role = customRole(file);
  const others = [...state.roles.values()].filter(({ id, custom }) => custom && id !== role.id);
  const names = namesOfCompany(state);
  const known = { ...names, roles: new Set([...names.roles, role.id]) };
  refuseProblems(
    `The role \`${role.id}\``,
    checkRoles(
      [file, ...others].map((row) => new FileNode(row)),
      known,
    ),
  );
  const before = state.roles.get(role.id);
  if (before && JSON.stringify(before) === JSON.stringify(role)) return [];
  if (before) refuseLostCapabilities(state, before, role);
  return [{ type: 'role.defined', role }];
}

export function decideRemoveRole(state: CompanyState, { roleId }: CommandOf<'role.remove'>): OrgEvent[] {
  const role = state.roles.get(roleId);
  if (!role) throw new CoordError('NOT_FOUND', `There is no role \`${roleId}\` to remove`, { roleId });
  if (!role.custom) {
    throw new CoordError(
      'BAD_INPUT',
      `\`${roleId}\` is a built-in role and can't be removed; leave it unused`,
      {
        roleId,
      },
    );
  }
  const users = usersOf(state, roleId);
  if (users.length > 0) {
    const message = `The role \`${roleId}\` is in use by ${users.join(', ')}: give these another role first`;
    throw new CoordError('IN_USE', message, { roleId, users });
  }
  refuseLostCapabilities(state, role, null);
  return [{ type: 'role.removed', roleId }];
}

function usersOf(state: CompanyState, roleId: RoleId): string[] {
  const members = membersByName(state)
    .filter(({ roleIds }) => roleIds.includes(roleId))
    .map(({ name }) => `member ${name}`);
  const roles = [...state.roles.values()]
    .filter(({ inherits }) => inherits.includes(roleId))
    .map(({ id }) => `role ${id}`);
  const workflows = [...state.workflows.values()]
    .filter(({ steps }) =>
      steps.some(
        (step) => step.roleId === roleId || step.gates.some(({ requires }) => asks(requires, roleId)),
      ),
    )
    .map(({ id }) => `workflow ${id}`);
  const isOver = new Set(['done', 'cancelled']);
  const tasks = [...state.tasks.values()]
    .filter((task) => task.roleId === roleId && !isOver.has(task.state))
    .map(({ id }) => `task ${id}`);
  const gates = [...state.gates.values()]
    .filter(({ rule, state: at }) => at !== 'open' && at !== 'cancelled' && asks(rule.requires, roleId))
    .map(({ id }) => `gate ${id}`);
  return [...members, ...roles.sort(), ...workflows.sort(), ...tasks.sort(), ...gates.sort()];
}

const asks = (requires: readonly { readonly roleId: RoleId }[], roleId: RoleId): boolean =>
  requires.some((need) => need.roleId === roleId);

/** A capability that a step of a workflow requires must stay one that some role has. */
function refuseLostCapabilities(state: CompanyState, before: Role, after: Role | null): void {
  const kept = new Set(after?.capabilities);
  for (const role of state.roles.values()) {
    if (role.id !== before.id) for (const capability of role.capabilities) kept.add(capability);
  }
  const lost = before.capabilities.filter((capability) => !kept.has(capability));
  for (const workflow of state.workflows.values()) {
    for (const step of workflow.steps) {
      const needed = step.requiresCapabilities.find((capability) => lost.includes(capability));
      if (!needed) continue;
      const message = `No role would have the capability \`${needed}\`, which step ${step.id} of the workflow \`${workflow.id}\` requires: change the step first, or give the capability to another role`;
      throw new CoordError('IN_USE', message, { capability: needed, workflow: workflow.id, step: step.id });
    }
  }
}
