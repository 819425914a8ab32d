/** Edits of a draft in words, one line each, with names in place of ids. Pure. */
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { Tone } from '../../design/tag.tsx';
import { strings } from './strings.ts';

export interface EditLine {
  readonly what: 'added' | 'changed' | 'removed';
  /** Whom or what it is about. */
  readonly subject: string;
  readonly text: string;
}

export const editTones: Record<EditLine['what'], Tone> = {
  added: 'alive',
  changed: 'waiting',
  removed: 'failure',
};

/** @param before the company without the draft, for the names of what is gone; @param after with it */
export function describeEdits(before: OrgChart, after: OrgChart, edits: readonly OrgEditInput[]): EditLine[] {
  const nameOf = (id: string | null | undefined): string => {
    const rows = [after, before].flatMap(({ departments, teams, members }) => [
      ...members,
      ...teams,
      ...departments,
    ]);
    // What comes back gets an id of its own.
    return rows.find((row) => row.id === id || `new_${row.id}` === id)?.name ?? strings.top;
  };
  return edits.map((edit) => lineOf(edit, nameOf));
}

function lineOf(edit: OrgEditInput, nameOf: (id: string | null | undefined) => string): EditLine {
  const words = strings.edits;
  const line = (what: EditLine['what'], subject: string, text: string): EditLine => ({ what, subject, text });
  switch (edit.type) {
    case 'company.configure':
      return line(
        'changed',
        words.company,
        words.fields([...(edit.name ? ['name'] : []), ...Object.keys(edit.policy ?? {})]),
      );
    case 'company.merge_template':
      return line('changed', words.company, words.standsOn(edit.file.template ?? '', edit.file.version ?? 1));
    case 'role.define':
      return line('changed', edit.role.id, words.roleDefined);
    case 'role.remove':
      return line('removed', edit.roleId, words.roleRemoved);
    case 'department.add':
      return line('added', edit.name, words.department);
    case 'department.change':
      return line(
        'changed',
        nameOf(edit.departmentId),
        postOrName(edit.name, edit.headId, words.head, nameOf),
      );
    case 'department.remove':
      return line('removed', nameOf(edit.departmentId), words.department);
    case 'team.add':
      return line('added', edit.name, words.teamIn(nameOf(edit.departmentId)));
    case 'team.change':
      return edit.departmentId !== undefined
        ? line('changed', nameOf(edit.teamId), words.goesTo(nameOf(edit.departmentId)))
        : line('changed', nameOf(edit.teamId), postOrName(edit.name, edit.leadId, words.lead, nameOf));
    case 'team.remove':
      return line('removed', nameOf(edit.teamId), words.team);
    case 'member.add':
      return line('added', edit.member.name, words.memberIn(edit.member.role, nameOf(edit.teamId)));
    case 'member.change': {
      const fields = Object.keys(edit.member ?? {});
      const moves = edit.teamId !== undefined ? [words.goesTo(nameOf(edit.teamId))] : [];
      const role = edit.member?.role ? [words.becomes([edit.member.role, ...(edit.member.also ?? [])])] : [];
      const others = fields.filter((field) => field !== 'role' && field !== 'also');
      const rest = others.length > 0 ? [words.fields(others)] : [];
      return line('changed', nameOf(edit.memberId), [...moves, ...role, ...rest].join(', '));
    }
    case 'member.remove':
      return line('removed', nameOf(edit.memberId), words.member);
    case 'workflow.define':
      return line('changed', edit.workflow.name, words.workflow);
    case 'workflow.remove':
      return line('removed', edit.workflowId, words.workflow);
  }
}

function postOrName(
  name: string | undefined,
  id: string | null | undefined,
  post: (name: string | null) => string,
  nameOf: (id: string | null | undefined) => string,
): string {
  const posts = id === undefined ? [] : [post(id === null ? null : nameOf(id))];
  return [...(name === undefined ? [] : [strings.edits.fields(['name'])]), ...posts].join(', ');
}
