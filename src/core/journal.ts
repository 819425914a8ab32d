/** Remembers how to take back what was changed since a mark, so that a refused decision leaves no trace. */

/** A place in the journal to which the state can be taken back. */
export type Mark = number;

/**
 * Undo steps of the tables that share it, newest last. Steps are kept only between `begin` and `commit`;
 * outside, changes are final and cost nothing here.
 */
export class Journal {
  #undo: (() => void)[] = [];
  #open = false;

  get isOpen(): boolean {
    return this.#open;
  }

  begin(): void {
    this.#open = true;
  }

  /** Forgets the undo steps: what was changed stays. */
  commit(): void {
    this.#undo = [];
    this.#open = false;
  }

  mark(): Mark {
    return this.#undo.length;
  }

  record(undo: () => void): void {
    if (this.#open) this.#undo.push(undo);
  }

  /** Takes back everything since the mark, newest first. */
  rollbackTo(mark: Mark): void {
    const taken = this.#undo.splice(mark);
    const wasOpen = this.#open;
    this.#open = false;
    for (let undo = taken.pop(); undo; undo = taken.pop()) undo();
    this.#open = wasOpen;
  }
}
