/** The ids that the edits of one `org.change` are given, in place of the names by which later edits mean them. */
import { CoordError } from '../error.ts';
import type { StoredEvent } from '../event.ts';
import type { OrgEdit } from './org-commands.ts';

export class AddedIds {
  readonly #ids = new Map<string, string>();

  /** The edit with the ids of what was added before it, and without a name of its own. */
  resolve(edit: OrgEdit): OrgEdit {
    const entries = Object.entries(edit)
      .filter(([field]) => field !== 'as')
      .map(([field, value]) => [field, this.#isReference(field, value) ? this.#idOf(String(value)) : value]);
    return Object.fromEntries(entries) as OrgEdit;
  }

  /** Remembers under the edit's name what it added. */
  note(edit: OrgEdit, events: readonly StoredEvent[]): void {
    if (!('as' in edit) || edit.as === undefined) return;
    const id = events.map(({ event }) => addedBy(event)).find((added) => added !== null);
    if (id !== undefined && id !== null) this.#ids.set(edit.as, id);
  }

  #isReference(field: string, value: unknown): boolean {
    return field.endsWith('Id') && typeof value === 'string' && this.#ids.has(value);
  }

  #idOf(name: string): string {
    return this.#ids.get(name) ?? name;
  }
}

function addedBy(event: StoredEvent['event']): string | null {
  switch (event.type) {
    case 'department.added':
      return event.department.id;
    case 'team.added':
      return event.team.id;
    case 'member.added':
      return event.member.id;
    default:
      return null;
  }
}

/** The refusal of one edit, which refuses all of them. */
export function editRefused({ code, message, details }: CoordError, edit: number): CoordError {
  return new CoordError(code, message, { ...details, edit });
}
