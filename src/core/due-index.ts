/** Rows by an instant of theirs, such as when time has something to do with them, the earliest first. */
import { SortedList } from './sorted-list.ts';
import type { Index } from './table.ts';
import type { EpochMs } from './units.ts';

interface Entry<Row> {
  readonly at: EpochMs;
  readonly row: Row;
}

/** Equal instants are ordered by id, so that equal states list them alike. */
export class DueIndex<Row extends { readonly id: string }> implements Index<Row> {
  readonly #dueAt: (row: Row) => EpochMs | null;
  readonly #entries = new SortedList<Entry<Row>>((a, b) => a.at - b.at || compareIds(a.row.id, b.row.id));

  #size = 0;

  constructor(dueAt: (row: Row) => EpochMs | null) {
    this.#dueAt = dueAt;
  }

  get size(): number {
    return this.#size;
  }

  /** The earliest first. */
  *[Symbol.iterator](): Generator<Row, void> {
    for (const { row } of this.#entries) yield row;
  }

  /** The earliest that is so. */
  find(isWanted: (row: Row) => boolean): Row | undefined {
    return this.#entries.find(({ row }) => isWanted(row))?.row;
  }

  /** When the first row comes due; null: never. */
  next(): EpochMs | null {
    return this.#entries.first()?.at ?? null;
  }

  /** The rows that are due by then, the earliest first. */
  until(now: EpochMs): Row[] {
    const due: Row[] = [];
    for (const { at, row } of this.#entries) {
      if (at > now) break;
      due.push(row);
    }
    return due;
  }

  add(row: Row): void {
    const at = this.#dueAt(row);
    if (at === null) return;
    this.#size += 1;
    this.#entries.add({ at, row });
  }

  remove(row: Row): void {
    const at = this.#dueAt(row);
    if (at === null) return;
    this.#size -= 1;
    this.#entries.remove({ at, row });
  }
}

function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
