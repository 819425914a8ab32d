/** What a schema can't see in custom roles: ids taken, names unknown, and inheritance that bites its tail. */
import type { FileNode } from '../file-node.ts';
import { findCycle } from '../find-cycle.ts';
import type { Problem } from '../problem.ts';
import { problemAt } from '../problem.ts';
import { repeated, unknownName } from '../workflow/check-workflow-file.ts';
import type { KnownNames } from './known-names.ts';
import { builtinNames } from './known-names.ts';

/** `known` holds the roles themselves too: they may refer to each other in any order. */
export function checkRoles(roles: readonly FileNode[], known: KnownNames): Problem[] {
  const ids = roles.map((role) => role.get('id'));
  return [
    ...repeated(ids, 'role'),
    ...ids
      .filter((id) => builtinNames.roles.has(id.text() ?? ''))
      .map((id) => problemAt(id, `\`${id.text()}\` is a built-in role`, 'give the custom role another id')),
    ...roles.flatMap((role) => unknownName(role.get('department'), 'department', known.departments)),
    ...roles.flatMap((role) =>
      role
        .get('inherits')
        .items()
        .flatMap((node) => unknownName(node, 'role', known.roles)),
    ),
    ...checkCycle(roles),
  ];
}

/** Built-in roles inherit no custom ones, so a cycle runs through custom roles alone. */
function checkCycle(roles: readonly FileNode[]): Problem[] {
  const inheritsOf = (role: FileNode) => role.get('inherits').items();
  const graph = new Map(
    roles.flatMap((role): [string, string[]][] => {
      const id = role.get('id').text();
      return id === null ? [] : [[id, inheritsOf(role).flatMap((node) => node.text() ?? [])]];
    }),
  );
  const cycle = findCycle(graph);
  if (!cycle) return [];
  const role = roles.find((other) => other.get('id').text() === cycle[0]);
  const node = role && inheritsOf(role).find((other) => other.text() === cycle[1]);
  const spelled = cycle.map((id) => `\`${id}\``).join(' → ');
  return node
    ? [problemAt(node, `roles inherit each other: ${spelled}`, 'remove one of these inheritances')]
    : [];
}
