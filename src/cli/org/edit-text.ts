/** An edit of the structure in words: `add member zoe to Core`. */
import type { OrgEditInput } from '../../core/org/org-commands.ts';
import type { CompanyState } from '../../core/state.ts';
import { plainLine } from '../output/plain-text.ts';

/** @param edits all of them: what one adds, later ones name */
export function editText(edit: OrgEditInput, state: CompanyState, edits: readonly OrgEditInput[]): string {
  return plainLine(wordsOf(edit, (id) => nameOf(id, state, edits)));
}

function wordsOf(edit: OrgEditInput, name: (id: string | null | undefined) => string): string {
  switch (edit.type) {
    case 'company.configure':
      return `change the company: ${fields({ name: edit.name, ...edit.policy })}`;
    case 'company.merge_template':
      return `stand on version ${edit.file.version ?? 1} of ${edit.file.template ?? 'its template'}`;
    case 'role.define':
      return `define role ${edit.role.id}`;
    case 'role.remove':
      return `remove role ${edit.roleId}`;
    case 'department.add':
      return `add department ${edit.name}`;
    case 'department.change':
      return `change department ${name(edit.departmentId)}: ${fields({ name: edit.name, head: edit.headId === undefined ? undefined : name(edit.headId) })}`;
    case 'department.remove':
      return `remove department ${name(edit.departmentId)}`;
    case 'team.add':
      return `add team ${edit.name} to ${name(edit.departmentId)}`;
    case 'team.change':
      return `change team ${name(edit.teamId)}: ${fields({ name: edit.name, lead: edit.leadId === undefined ? undefined : name(edit.leadId), department: edit.departmentId === undefined ? undefined : name(edit.departmentId) })}`;
    case 'team.remove':
      return `remove team ${name(edit.teamId)}`;
    case 'member.add':
      return `add member ${edit.member.name} (${edit.member.role}) to ${name(edit.teamId)}`;
    case 'member.change':
      return `change member ${name(edit.memberId)}: ${fields({ ...edit.member, team: edit.teamId === undefined ? undefined : name(edit.teamId) })}`;
    case 'member.remove':
      return `remove member ${name(edit.memberId)}`;
    case 'workflow.define':
      return `define workflow ${edit.workflow.name}`;
    case 'workflow.remove':
      return `remove workflow ${edit.workflowId}`;
  }
}

const fields = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => `${field} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

function nameOf(
  id: string | null | undefined,
  { departments, teams, members }: CompanyState,
  edits: readonly OrgEditInput[],
): string {
  if (id === null || id === undefined) return 'nobody';
  const rows = [...departments.values(), ...teams.values(), ...members.values()];
  const known = rows.find((row) => row.id === id);
  if (known) return known.name;
  for (const edit of edits) {
    if (!('as' in edit) || edit.as !== id) continue;
    return edit.type === 'member.add' ? edit.member.name : edit.name;
  }
  return id;
}
