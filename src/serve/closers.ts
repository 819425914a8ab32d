/** What has been opened, to be closed in the reverse order, whatever happens on the way. */

export class Closers {
  readonly #closers: (() => Promise<unknown> | unknown)[] = [];
  #closing: Promise<void> | null = null;

  add(close: () => Promise<unknown> | unknown): void {
    this.#closers.push(close);
  }

  /**
   * Closes each, the last opened first, also when one before it failed. Called again, it waits for the first call.
   * @throws the first failure, once all are closed
   */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
