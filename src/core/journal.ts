/** Remembers how to take back what was changed, so that a refused decision, or a batch that was not written, leaves no trace. */

/** A place in the newest batch of the journal to which the state can be taken back. */
export type Mark = number;

/**
 * Undo steps of the tables that share it, in batches. A batch can be begun while earlier ones are still open: it is built
 * on them, and can only be taken back before they are. Outside of batches changes are final and cost nothing here.
 */
export class Journal {
  /** Of each open batch, the oldest first; the steps of each, newest last. */
  readonly #batches: (() => void)[][] = [];

  get isOpen(): boolean {
    return this.#batches.length > 0;
  }

  begin(): void {
    this.#batches.push([]);
  }

  /** Forgets the undo steps of the oldest batch: what was changed in it stays. */
  commit(): void {
    this.#batches.shift();
  }

  mark(): Mark {
    return this.#batches.at(-1)?.length ?? 0;
  }

  record(undo: () => void): void {
    this.#batches.at(-1)?.push(undo);
  }

  /** Takes back everything that the newest batch changed since the mark, newest first. */
  rollbackTo(mark: Mark): void {
    const taken = this.#batches.at(-1)?.splice(mark) ?? [];
    for (let undo = taken.pop(); undo; undo = taken.pop()) undo();
  }

  /** How many batches are open. */
  get depth(): number {
    return this.#batches.length;
  }

  /** Takes back the newest batches until so many are open, newest first, and ends them. */
  rollbackToDepth(depth: number): void {
    for (; this.depth > depth; this.#batches.pop()) this.rollbackTo(0);
  }

  /** Takes back every open batch, newest first, and ends them. */
  rollbackAll(): void {
    this.rollbackToDepth(0);
  }
}
