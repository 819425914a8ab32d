/** A table of immutable rows by id, with indexes that follow every change, also when it is taken back. */
import type { Journal } from './journal.ts';

/** Is told of each row that enters or leaves its table. A changed row leaves as it was and enters as it is. */
export interface Index<Row> {
  add(row: Row): void;
  remove(row: Row): void;
}

/** Groups rows by a key; a row whose key is null is in no group. Groups keep no order. */
export class KeyIndex<Row, Key> implements Index<Row> {
  readonly #keyOf: (row: Row) => Key | null;
  readonly #groups = new Map<Key, Set<Row>>();
  readonly #none: ReadonlySet<Row> = new Set();

  constructor(keyOf: (row: Row) => Key | null) {
    this.#keyOf = keyOf;
  }

  get(key: Key): ReadonlySet<Row> {
    return this.#groups.get(key) ?? this.#none;
  }

  add(row: Row): void {
    const key = this.#keyOf(row);
    if (key === null) return;
    const group = this.#groups.get(key);
    if (group) group.add(row);
    else this.#groups.set(key, new Set([row]));
  }

  remove(row: Row): void {
    const key = this.#keyOf(row);
    if (key === null) return;
    const group = this.#groups.get(key);
    group?.delete(row);
    if (group?.size === 0) this.#groups.delete(key);
  }
}

/**
 * Rows are replaced, never changed; whoever holds one holds a fact that stays true of its moment.
 * Iteration order is not part of the contract: a decision that depends on order sorts.
 */
export class Table<Id extends string, Row extends { readonly id: Id }> {
  readonly #rows = new Map<Id, Row>();
  readonly #journal: Journal;
  readonly #indexes: Index<Row>[];

  constructor(journal: Journal, indexes: readonly Index<Row>[] = []) {
    this.#journal = journal;
    this.#indexes = [...indexes];
  }

  /** Tells another one, from now on, of each row that enters or leaves. */
  watch(index: Index<Row>): void {
    this.#indexes.push(index);
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: Id): Row | undefined {
    return this.#rows.get(id);
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  put(row: Row): void {
    const before = this.#rows.get(row.id);
    this.#replace(row.id, before, row);
    this.#noteUndo(row.id, before, row);
  }

  delete(id: Id): void {
    const before = this.#rows.get(id);
    if (!before) return;
    this.#replace(id, before, undefined);
    this.#noteUndo(id, before, undefined);
  }

  /** All rows, ordered by id: the same content gives the same array whatever its history. */
  dump(): Row[] {
    return [...this.#rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #noteUndo(id: Id, before: Row | undefined, after: Row | undefined): void {
    if (this.#journal.isOpen) this.#journal.record(() => this.#replace(id, after, before));
  }

  #replace(id: Id, before: Row | undefined, after: Row | undefined): void {
    if (before) for (const index of this.#indexes) index.remove(before);
    if (after) {
      this.#rows.set(id, after);
      for (const index of this.#indexes) index.add(after);
    } else this.#rows.delete(id);
  }
}
