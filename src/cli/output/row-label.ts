/** What people call a row of the state: its title or name, or whom and what it is about. */
import type { MemberId } from '../../core/ids.ts';
import { plainLine } from './plain-text.ts';

/** In the order in which they say the most. */
const names = ['title', 'name', 'scope'] as const;
/** Of a row that has none of those, beside the member whose it is. */
const details = ['runner', 'model', 'day'] as const;

/** @param nameOf of a member; the id itself of one who has left. @returns empty: nothing in it says more than its id */
export function rowLabel(row: object | null, nameOf: (id: MemberId) => string): string {
  const fields = (row ?? {}) as Readonly<Record<string, unknown>>;
  const own = names.map((name) => fields[name]).find((value) => typeof value === 'string');
  if (own !== undefined) return plainLine(String(own));
  const { id, memberId, command } = fields;
  if (isKept(command)) return plainLine(command.type);
  const about = [
    ...(isMember(memberId) ? [nameOf(memberId)] : isMember(id) ? [nameOf(id)] : []),
    ...details.map((name) => fields[name]).filter((value) => typeof value === 'string'),
  ];
  return plainLine(about.join(', '));
}

const isMember = (value: unknown): value is MemberId =>
  typeof value === 'string' && value.startsWith('member_');

/** The command that a conflict keeps. */
const isKept = (value: unknown): value is { readonly type: string } =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
