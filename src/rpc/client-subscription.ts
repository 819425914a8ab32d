/** One `follow` of a client: batches wait here until somebody takes them, and only then is the host asked for more. */
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';

type Batch = readonly StoredEvent[];

/** Events that may wait here before the host is left without an answer. */
const roomForEvents = 2_000;

export class ClientSubscription {
  #batches: Batch[] = [];
  #waiting = 0;
  #end: { readonly error: CoordError | null } | null = null;
  #wake: () => void = () => undefined;
  #answers: (() => void)[] = [];

  /** Resolves once there is room for more. */
  push(batch: Batch): Promise<void> {
    if (this.#end) return Promise.resolve();
    this.#batches.push(batch);
    this.#waiting += batch.length;
    this.#wake();
    if (this.#waiting < roomForEvents) return Promise.resolve();
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  /** What has come can still be taken; then the iteration ends, with the error when there is one. */
  end(error: CoordError | null): void {
    this.#end ??= { error };
    this.#wake();
    this.#answerAll();
  }

  /** Nobody wants the rest. */
  cancel(): void {
    this.#batches = [];
    this.end(null);
  }

  /** Yields what comes until the end. */
  async *batches(): AsyncGenerator<Batch, void, undefined> {
    for (;;) {
      const batch = this.#batches.shift();
      if (batch) {
        this.#waiting -= batch.length;
        if (this.#waiting < roomForEvents) this.#answerAll();
        yield batch;
      } else if (this.#end) {
        if (this.#end.error) throw this.#end.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  #answerAll(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }
}
