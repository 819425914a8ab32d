/** Where in a company file a refusal of the company, or a conflict with it, belongs: at what was refused, or at whence that is gone. Pure. */
import type { CoordError } from '../../../core/error.ts';
import type { FilePath } from '../../../core/file-node.ts';
import type { ChartConflict } from '../../../core/org/chart/merge-charts.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { CompanyFile } from '../../../core/org/company-file.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';

export interface RefusedText {
  readonly file: CompanyFile;
  /** The company as the text has it. */
  readonly wanted: OrgChart;
  /** As it is without the text. */
  readonly chart: OrgChart;
  /** What leads from this one to that one. */
  readonly edits: readonly OrgEditInput[];
}

/** In the data of the file; the whole of it where nothing in it is to blame. */
export function placeOfRefusal({ details }: CoordError, text: RefusedText): FilePath {
  const edit = text.edits[Number(details['edit'] ?? -1)];
  return edit ? placeOfEdit(edit, text) : placeOfRow(details, text);
}

/** Of what the text and the chart changed both. */
export function placeOfConflict({ table, id, field }: ChartConflict, text: RefusedText): FilePath {
  switch (table) {
    case 'company':
      return [field === 'name' ? 'name' : 'policy'];
    case 'workflows':
      return placeOfWorkflow(id, text);
    case 'roles':
      return placeOfRow({ roleId: id }, text);
    case 'departments':
      return placeOfRow({ departmentId: id }, text);
    case 'teams':
      return placeOfRow({ teamId: id }, text);
    case 'members':
      return placeOfRow({ memberId: id }, text);
  }
}

function placeOfEdit(edit: OrgEditInput, text: RefusedText): FilePath {
  switch (edit.type) {
    case 'member.add':
      return placeOfRow({ memberId: edit.as }, text);
    case 'team.add':
      return placeOfRow({ teamId: edit.as }, text);
    case 'department.add':
      return placeOfRow({ departmentId: edit.as }, text);
    case 'role.define':
      return placeOfRow({ roleId: edit.role.id }, text);
    case 'workflow.define':
      return placeOfWorkflow(edit.workflow.name, text);
    case 'workflow.remove':
      return placeOfWorkflow(edit.workflowId, text);
    case 'company.configure':
      return ['policy'];
    case 'company.merge_template':
      return ['version'];
    default:
      return placeOfRow(edit, text);
  }
}

interface RowIds {
  readonly memberId?: unknown;
  readonly teamId?: unknown;
  readonly departmentId?: unknown;
  readonly roleId?: unknown;
}

function placeOfRow({ memberId, teamId, departmentId, roleId }: RowIds, text: RefusedText): FilePath {
  if (memberId !== undefined) return placeOfMember(memberId, text);
  if (teamId !== undefined) return placeOfTeam(teamId, text);
  if (departmentId !== undefined) return placeOfDepartment(departmentId, text);
  if (roleId === undefined) return [];
  const at = text.file.roles.findIndex(({ id }) => id === roleId);
  return at < 0 ? ['roles'] : ['roles', at, 'id'];
}

/** Whoever is left out of the text stood in their team before, and that in its department. */
function placeOfMember(id: unknown, text: RefusedText): FilePath {
  const now = text.wanted.members.find((member) => member.id === id);
  const before = text.chart.members.find((member) => member.id === id);
  for (const [d, department] of text.file.departments.entries()) {
    for (const [t, team] of department.teams.entries()) {
      const m = team.members.findIndex(({ name }) => name === now?.name);
      if (m >= 0) return ['departments', d, 'teams', t, 'members', m, 'name'];
    }
  }
  return placeOfTeam(before?.teamId, text);
}

function placeOfTeam(id: unknown, text: RefusedText): FilePath {
  const now = text.wanted.teams.find((team) => team.id === id);
  const before = text.chart.teams.find((team) => team.id === id);
  const department = placeOfDepartment((now ?? before)?.departmentId, text);
  const [, d] = department;
  const t = text.file.departments[Number(d ?? -1)]?.teams.findIndex(({ name }) => name === now?.name) ?? -1;
  return t < 0 ? department : ['departments', Number(d), 'teams', t, 'name'];
}

function placeOfDepartment(id: unknown, { file, wanted }: RefusedText): FilePath {
  const now = wanted.departments.find((department) => department.id === id);
  const d = file.departments.findIndex(({ name }) => name === now?.name);
  return d < 0 ? ['departments'] : ['departments', d, 'name'];
}

function placeOfWorkflow(wanted: string, { file }: RefusedText): FilePath {
  const at = file.workflows.findIndex((entry) =>
    typeof entry === 'string' ? entry === wanted : entry.name === wanted,
  );
  if (at < 0) return ['workflows'];
  return typeof file.workflows[at] === 'string' ? ['workflows', at] : ['workflows', at, 'name'];
}
