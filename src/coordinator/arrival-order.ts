/** Lets what came first go first, also when it has to wait for something and what came after it has not. */

export class ArrivalOrder {
  /** Resolves when the last one that had to wait has gone; null: none waits. */
  #last: Promise<void> | null = null;

  /**
   * Goes within this call when neither it nor anybody before it has to wait.
   * @param ready what it waits for beside its turn; null: nothing
   * @param go must not throw
   * @param fail is told what `ready` rejects with, when its turn has come; the others go on
   */
  enter(ready: Promise<void> | null, go: () => void, fail: (why: unknown) => void): void {
    if (ready === null && this.#last === null) {
      go();
      return;
    }
    const mine = Promise.allSettled([ready, this.#last]).then(([outcome]) => {
      if (this.#last === mine) this.#last = null;
      if (outcome.status === 'fulfilled') go();
      else fail(outcome.reason);
    });
    this.#last = mine;
  }
}
