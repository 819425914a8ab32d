/** Finds what a person means by an id, the beginning of one, or a name. */
import { CoordError } from '../core/error.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** What tells it from others of the same name. */
  readonly hint: string;
}

/**
 * An id beats a name, and a name beats the beginning of an id (with or without what says its kind: `gate_7k` or `7k`).
 * @throws CoordError `NOT_FOUND` - nothing fits; `BAD_INPUT` - several do: the message lists them
 */
export function findNamed<Row extends Named>(kind: string, key: string, rows: readonly Row[]): Row {
  const readings: ((row: Row) => boolean)[] = [
    (row) => row.id === key,
    (row) => row.name === key,
    (row) => row.id.startsWith(key) || row.id.slice(row.id.indexOf('_') + 1).startsWith(key),
  ];
  for (const reading of readings) {
    const [found, ...others] = rows.filter(reading);
    if (!found) continue;
    if (others.length === 0) return found;
    throw new CoordError(
      'BAD_INPUT',
      `“${key}” stands for ${others.length + 1} ${kind}s. Give the id of one of them:\n${list([found, ...others])}`,
      { key, matches: [found, ...others].map((row) => row.id) },
    );
  }
  const known = rows.length === 0 ? `There is no ${kind} here.` : `There are:\n${list(rows)}`;
  throw new CoordError('NOT_FOUND', `No ${kind} is called “${key}”. ${known}`, { key });
}

const mostListed = 12;

function list(rows: readonly Named[]): string {
  const lines = rows.slice(0, mostListed).map((row) => `  ${row.id}  ${row.name}  ${row.hint}`);
  if (rows.length > mostListed) lines.push(`  … and ${rows.length - mostListed} more`);
  return lines.join('\n');
}
