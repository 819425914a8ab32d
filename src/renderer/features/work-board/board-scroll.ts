/** Brings a card into the page: its lane first, then its place in the column. */
import type { CardPlace } from './card-places.ts';

export type ScrollTo = (at: number) => void;

export class BoardScroll {
  /** Set by the board while it has lanes. */
  toLane: ScrollTo | null = null;
  readonly #cells = new Map<string, ScrollTo>();
  /** Where a cell that is not in the page yet begins once it is. */
  #wanted: { readonly key: string; readonly row: number } | null = null;

  /** @returns what takes it away again */
  addCell(laneKey: string, columnKey: string, toRow: ScrollTo): () => void {
    const key = keyOf(laneKey, columnKey);
    this.#cells.set(key, toRow);
    if (this.#wanted?.key === key) {
      toRow(this.#wanted.row);
      this.#wanted = null;
    }
    return () => {
      if (this.#cells.get(key) === toRow) this.#cells.delete(key);
    };
  }

  toCard({ lane, laneKey, columnKey, row }: CardPlace): void {
    this.toLane?.(lane);
    const key = keyOf(laneKey, columnKey);
    const toRow = this.#cells.get(key);
    if (toRow) toRow(row);
    else this.#wanted = { key, row };
  }
}

const keyOf = (lane: string, column: string): string => JSON.stringify([lane, column]);
