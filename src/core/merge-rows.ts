/** What two sides made of the same rows since, put together field by field; where both made another thing of one is a conflict. Pure. */

/** Whose of the two holds where both changed the same. */
export type RowSide = 'mine' | 'theirs';

export interface RowConflict {
  readonly id: string;
  /** Null: one side removed the row, and the other one changed it. */
  readonly field: string | null;
}

export interface MergedRows<Row> {
  /** In the order of the side that changed it; mine, when both did. */
  readonly rows: readonly Row[];
  readonly conflicts: readonly RowConflict[];
}

interface Identified {
  readonly id: string;
}

/** @param base the rows that both sides began with */
export function mergeRows<Row extends Identified>(
  base: readonly Row[],
  mine: readonly Row[],
  theirs: readonly Row[],
  side: RowSide,
): MergedRows<Row> {
  const [old, own, other] = [byId(base), byId(mine), byId(theirs)];
  const conflicts: RowConflict[] = [];
  const rows = order([...old.keys()], [...own.keys()], [...other.keys()]).flatMap((id): Row[] => {
    const [was, ours, others] = [old.get(id), own.get(id), other.get(id)];
    if (ours && others) {
      const merged = mergeFields(was, ours, others, side);
      conflicts.push(...merged.conflicts.map((field) => ({ id, field })));
      return [merged.row];
    }
    const left = ours ?? others;
    if (!left || same(left, was)) return [];
    if (!was) return [left];
    conflicts.push({ id, field: null });
    return (side === 'mine' ? ours : others) ? [left] : [];
  });
  return { rows, conflicts };
}

/** @param base undefined: both sides added it */
export function mergeFields<Row extends object>(
  base: Row | undefined,
  mine: Row,
  theirs: Row,
  side: RowSide,
): { readonly row: Row; readonly conflicts: readonly string[] } {
  if (same(mine, theirs) || same(mine, base)) return { row: theirs, conflicts: [] };
  if (same(theirs, base)) return { row: mine, conflicts: [] };
  const [old, own, other] = [base, mine, theirs] as readonly (
    | Readonly<Record<string, unknown>>
    | undefined
  )[];
  const conflicts: string[] = [];
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].map((field) => {
    const [was, ours, others] = [old?.[field], own?.[field], other?.[field]];
    if (same(ours, others) || (base && same(ours, was))) return [field, others] as const;
    if (base && same(others, was)) return [field, ours] as const;
    conflicts.push(field);
    return [field, side === 'mine' ? ours : others] as const;
  });
  // What one of them took away is not there, rather than there as nothing.
  const present = fields.filter(([, value]) => value !== undefined);
  return { row: Object.fromEntries(present) as Row, conflicts };
}

function byId<Row extends Identified>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** What only the other side has comes after what it comes after there. */
function order(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const [leading, other] = same(mine, base) ? [theirs, mine] : [mine, theirs];
  const ids = [...leading];
  for (const [place, id] of other.entries()) {
    if (ids.includes(id)) continue;
    ids.splice(ids.indexOf(other[place - 1] ?? '') + 1, 0, id);
  }
  return ids;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
