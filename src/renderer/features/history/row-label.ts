/** What people call a row of whatever table: its title or name, else its id. Pure. */
import type { RowChange } from '../../../contract/audit.ts';

export function labelOf({ id, before, after }: RowChange): string {
  const row: Readonly<Record<string, unknown>> = { ...before, ...after };
  for (const field of ['title', 'name', 'path']) {
    const value = row[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return id;
}
