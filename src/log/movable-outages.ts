/** How a log goes on when its store does not answer, for a log that may enter a store and leave it while it is used. */
import type { Fate, Outages } from '../contract/other-hosts.ts';
import type { CoordError } from '../core/error.ts';

export class MovableOutages implements Outages {
  /** Of the store that it is in; null: it is on this host alone, and never away. */
  #store: Outages | null = null;
  #left: CoordError | null = null;
  /** Aborts when it changes places: what waits for the old one waits for the new one then. */
  #stay = new AbortController();

  /** Why it can't go on in the store that it was in; null: it can. */
  get left(): CoordError | null {
    return this.#left;
  }

  get cause(): CoordError | null {
    return this.#left ?? this.#store?.cause ?? null;
  }

  /** @param store null: this host alone */
  enter(store: Outages | null): void {
    this.#store = store;
    this.#left = null;
    this.#change();
  }

  /** The company has left the store, and this host was not the one to take it along. */
  leave(why: CoordError): void {
    this.#left = why;
    this.#change();
  }

  /** Resolves also when the signal aborts. */
  async gone(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const stay = this.#stay.signal;
      const either = AbortSignal.any([signal, stay]);
      try {
        if (this.#store !== null && this.#left === null) return await this.#store.gone(either);
        await aborted(either);
      } catch (error) {
        if (!either.aborted) throw error;
      }
    }
  }

  /** Nothing that was appended to this host alone is in doubt. */
  nextBatch(): string {
    return this.#store?.nextBatch() ?? '';
  }

  async comeBack(batches: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Fate>> {
    if (this.#left) throw this.#left;
    if (this.#store === null) return new Map();
    try {
      return await this.#store.comeBack(batches, AbortSignal.any([signal, this.#stay.signal]));
    } catch (error) {
      throw this.#left ?? error;
    }
  }

  #change(): void {
    this.#stay.abort();
    this.#stay = new AbortController();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
