/** What differs between two states: rows that are new, gone or changed, table by table. */
import type { RowDiff, TableDiff } from '../../contract/audit.ts';
import type { StateSnapshot } from '../../core/state.ts';
import { tableNames } from '../../core/state.ts';

type Row = { readonly id: string };

/** No event takes a row out of these: one that the later state lacks ended long ago, and was forgotten. */
const forgetful: ReadonlySet<TableDiff['table']> = new Set([
  'epics',
  'stories',
  'tasks',
  'gates',
  'workers',
  'threads',
  'accounts',
  'usage',
]);

/** @param limit rows of each table, at most; all of them are counted */
export function diffStates(before: StateSnapshot, after: StateSnapshot, limit: number): TableDiff[] {
  const isBackwards = before.seq > after.seq;
  const company = (state: StateSnapshot): readonly Row[] => (state.company ? [state.company] : []);
  return [
    diffTable('company', company(before), company(after), { isBackwards, limit }),
    ...tableNames.map((table) => diffTable(table, before[table], after[table], { isBackwards, limit })),
  ].filter(({ added, removed, changed, forgotten }) => added + removed + changed + forgotten > 0);
}

/** Both have their rows by id. */
function diffTable(
  table: TableDiff['table'],
  before: readonly Row[],
  after: readonly Row[],
  { isBackwards, limit }: { readonly isBackwards: boolean; readonly limit: number },
): TableDiff {
  const earlier = new Map(before.map((row) => [row.id, row]));
  const later = new Set(after.map(({ id }) => id));
  const counts = { added: 0, removed: 0, changed: 0, forgotten: 0 };
  const rows: RowDiff[] = [];
  for (const row of after) {
    const old = earlier.get(row.id) ?? null;
    if (old === null && isBackwards && forgetful.has(table)) {
      counts.forgotten += 1;
      continue;
    }
    const fields = old === null ? [] : fieldsThatDiffer(old, row);
    if (old !== null && fields.length === 0) continue;
    counts[old === null ? 'added' : 'changed'] += 1;
    rows.push({ table, id: row.id, before: old, after: row, fields });
  }
  for (const row of before) {
    if (later.has(row.id)) continue;
    if (!isBackwards && forgetful.has(table)) {
      counts.forgotten += 1;
      continue;
    }
    counts.removed += 1;
    rows.push({ table, id: row.id, before: row, after: null, fields: [] });
  }
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { table, ...counts, rows: rows.slice(0, limit) };
}

/** Rows are plain data: what gives the same JSON is the same. */
function fieldsThatDiffer(before: Row, after: Row): string[] {
  if (before === after) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => textOf(before, name) !== textOf(after, name));
}

function textOf(row: Row, name: string): string | undefined {
  return JSON.stringify((row as unknown as Record<string, unknown>)[name]);
}
