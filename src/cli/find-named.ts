/** Finds what a person means by an id, the beginning of one, or a name. */
import { called } from '../core/called.ts';
import { CoordError } from '../core/error.ts';
import { nearestId, nearestName } from '../core/nearest-name.ts';
import { plainLine } from './output/plain-text.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly hint: string;
}

/** The first rows of a list. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all; null: more than these. */
  readonly total: number | null;
}

/** More than these are counted, not listed. */
export const mostListed = 12;

/**
 * An id beats a name, and a name beats the beginning of an id (with or without what says its kind: `gate_7k` or `7k`).
 * @throws CoordError `NOT_FOUND` - nothing fits; `BAD_INPUT` - several do: the message lists them
 */
export function findNamed<Row extends Named>(kind: string, key: string, rows: readonly Row[]): Row {
  const matches = called(key, rows, (row) => row);
  return (
    theOne(kind, key, { rows: matches, total: matches.length }) ??
    refuseUnknown(kind, key, { rows, total: rows.length })
  );
}

/** What the key stands for; undefined: nothing. @throws CoordError `BAD_INPUT` - for several: the message lists them */
export function theOne<Row extends Named>(kind: string, key: string, matches: Listed<Row>): Row | undefined {
  if (matches.total !== null && matches.total <= 1) return matches.rows[0];
  throw new CoordError(
    'BAD_INPUT',
    `“${key}” stands for ${matches.total ?? 'several'} ${kind}s. Give the id of one of them:\n${list(matches)}`,
    { key, matches: matches.rows.map((row) => row.id) },
  );
}

/**
 * @param words what the list is of, when it is not of all that there is
 * @throws CoordError `NOT_FOUND` - the message lists what there is
 */
export function refuseUnknown(
  kind: string,
  key: string,
  there: Listed<Named>,
  words = { some: 'There are:', none: `There is no ${kind} here.` },
): never {
  const known = there.total === 0 ? words.none : `${words.some}\n${list(there)}`;
  const names = there.rows.map(({ name }) => name);
  const nearest = nearestName(key, names) ?? nearestId(key, there.rows);
  const meant = nearest === null ? '' : `Did you mean “${plainLine(nearest)}”? `;
  throw new CoordError('NOT_FOUND', `No ${kind} is called “${key}”. ${meant}${known}`, { key });
}

function list({ rows, total }: Listed<Named>): string {
  const listed = rows.slice(0, mostListed);
  const lines = listed.map((row) => `  ${row.id}  ${plainLine(row.name)}  ${plainLine(row.hint)}`);
  if (total === null) lines.push('  … and more');
  else if (total > listed.length) lines.push(`  … and ${total - listed.length} more`);
  return lines.join('\n');
}
