/** What a schema can't see in a workflow file: names used twice or unknown, and steps that wait for each other. */
import type { FileNode } from '../file-node.ts';
import { findCycle } from '../find-cycle.ts';
import { suggestion } from '../nearest-name.ts';
import type { KnownNames } from '../org/known-names.ts';
import type { Problem } from '../problem.ts';
import { problemAt, problemAtKey } from '../problem.ts';

/** Every problem of the workflow at this node, which may be of any shape: what the schema refuses is passed over. */
export function checkWorkflowFile(workflow: FileNode, known: KnownNames): Problem[] {
  const steps = workflow.get('steps').items();
  return [
    ...repeated(
      steps.map((step) => step.get('id')),
      'step',
    ),
    ...checkDependencies(steps),
    ...repeated(
      steps.flatMap((step) =>
        step
          .get('gates')
          .items()
          .map((gate) => gate.get('name')),
      ),
      'gate',
    ),
    ...steps.flatMap((step) => checkNames(step, known)),
  ];
}

/** A problem for each node whose text one before it has. */
export function repeated(
  nodes: readonly FileNode[],
  what: string,
  fix = `give each ${what} a name of its own`,
): Problem[] {
  const seen = new Set<string>();
  return nodes.flatMap((node) => {
    const name = node.text();
    if (name === null || !seen.has(name)) {
      if (name !== null) seen.add(name);
      return [];
    }
    return [problemAt(node, `a second ${what} \`${name}\``, fix)];
  });
}

function checkDependencies(steps: readonly FileNode[]): Problem[] {
  const ids = steps.flatMap((step) => step.get('id').text() ?? []);
  const unknown = steps.flatMap((step) =>
    step
      .get('depends_on')
      .items()
      .flatMap((node): Problem[] => {
        const target = node.text();
        if (target === null || ids.includes(target)) return [];
        return [problemAt(node, `there is no step \`${target}\` to depend on`, suggestion(target, ids))];
      }),
  );
  const twice = steps.flatMap((step) => repeated(step.get('depends_on').items(), 'dependency', 'remove it'));
  return [...unknown, ...twice, ...checkCycle(steps)];
}

function checkCycle(steps: readonly FileNode[]): Problem[] {
  const graph = new Map<string, string[]>();
  for (const step of steps) {
    const id = step.get('id').text();
    if (id !== null) graph.set(id, [...(graph.get(id) ?? []), ...targetsOf(step)]);
  }
  const cycle = findCycle(graph);
  if (!cycle) return [];
  const [first, second] = cycle;
  const node = steps
    .filter((step) => step.get('id').text() === first)
    .flatMap((step) => step.get('depends_on').items())
    .find((target) => target.text() === second);
  const spelled = cycle.map((id) => `\`${id}\``).join(' → ');
  return node
    ? [problemAt(node, `steps wait for each other: ${spelled}`, 'remove one of these dependencies')]
    : [];
}

const targetsOf = (step: FileNode): string[] =>
  step
    .get('depends_on')
    .items()
    .flatMap((node) => node.text() ?? []);

function checkNames(step: FileNode, { roles, capabilities }: KnownNames): Problem[] {
  const role = step.get('role');
  const ofRole = unknownName(role, 'role', roles);
  const ofCapabilities = step
    .get('requires_capabilities')
    .items()
    .flatMap((node) => unknownName(node, 'capability', capabilities));
  const ofGates = step
    .get('gates')
    .items()
    .flatMap((gate) => gate.get('requires').entries())
    .filter(({ key }) => !roles.has(key))
    .map(({ key, node }) => problemAtKey(node, `there is no role \`${key}\``, suggestion(key, roles)));
  return [...ofRole, ...ofCapabilities, ...ofGates];
}

/** A problem when the node names something that there isn't. */
export function unknownName(node: FileNode, what: string, names: ReadonlySet<string>): Problem[] {
  const name = node.text();
  if (name === null || names.has(name)) return [];
  return [problemAt(node, `there is no ${what} \`${name}\``, suggestion(name, names))];
}
