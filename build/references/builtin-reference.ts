/** Tables of what comes with the product: the roles for docs/concepts.md, the workflows for docs/workflows.md. */
import { builtinRoles } from '../../src/core/org/builtin-roles.ts';
import type { WorkflowFile } from '../../src/core/workflow/workflow-file.ts';
import type { BuiltinTemplates } from '../../src/template/builtin-templates.ts';
import { table } from './markdown.ts';

export function roleReference(): string {
  const rows = builtinRoles.map(({ id, title, department, inherits, capabilities }) => [
    department,
    `\`${id}\``,
    title,
    inherits.join(', '),
    capabilities.map((capability) => `\`${capability}\``).join(' '),
  ]);
  return table(['department', 'role', 'title', 'inherits', 'may, beside what it inherits'], rows);
}

export function workflowReference({ workflows }: BuiltinTemplates): string {
  return [...workflows.values()].map(({ file }) => chapter(file)).join('\n\n');
}

function chapter({ name, priority, steps }: WorkflowFile): string {
  const rows = steps.map(({ id, title, role, depends_on, gates }) => [
    id,
    title,
    `\`${role}\``,
    depends_on.join(', '),
    gates.map(gateText).join('; '),
  ]);
  return `### ${name}\n\nPriority \`${priority}\`.\n\n${table(['#', 'step', 'role', 'after', 'gate'], rows)}`;
}

type Gate = WorkflowFile['steps'][number]['gates'][number];

function gateText({ name, position, requires, human_required, self_approval }: Gate): string {
  const roles = Object.entries(requires).map(([role, count]) => (count === 1 ? role : `${count} ${role}`));
  const notes = [
    ...(human_required ? ['one of them a person'] : []),
    ...(self_approval === 'allowed' ? ['its author may sign'] : []),
  ];
  return `${position} it \`${name}\`: ${[roles.join(' + '), ...notes].join(', ')}`;
}
