/** Rows by the instant at which time has something to do with them, the earliest first. */
import type { Index } from './table.ts';
import type { EpochMs } from './units.ts';

interface Entry<Row> {
  readonly at: EpochMs;
  readonly row: Row;
}

/** Equal instants are ordered by id, so that equal states list them alike. */
export class DueIndex<Row extends { readonly id: string }> implements Index<Row> {
  readonly #dueAt: (row: Row) => EpochMs | null;
  readonly #entries: Entry<Row>[] = [];

  constructor(dueAt: (row: Row) => EpochMs | null) {
    this.#dueAt = dueAt;
  }

  /** When the first row comes due; null: never. */
  next(): EpochMs | null {
    return this.#entries[0]?.at ?? null;
  }

  /** The rows that are due by then, the earliest first. */
  until(now: EpochMs): Row[] {
    const later = this.#entries.findIndex(({ at }) => at > now);
    return this.#entries.slice(0, later < 0 ? undefined : later).map(({ row }) => row);
  }

  add(row: Row): void {
    const at = this.#dueAt(row);
    if (at !== null) this.#entries.splice(this.#placeOf(at, row.id), 0, { at, row });
  }

  remove(row: Row): void {
    const at = this.#dueAt(row);
    if (at === null) return;
    const place = this.#placeOf(at, row.id);
    if (this.#entries[place]?.row.id === row.id) this.#entries.splice(place, 1);
  }

  #placeOf(at: EpochMs, id: string): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry && (entry.at < at || (entry.at === at && entry.row.id < id))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
