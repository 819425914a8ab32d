/** Lets any number of readers follow a log, each at its own pace: nothing is queued for a slow one. */
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';

/** How many of the newest events are kept at hand, so that live followers need not read the store. */
const recentLimit = 4_096;
/** How many events a follower gets at once. */
const pageLimit = 1_000;

/** Answers the events after a `seq`, oldest first, at most `limit`. */
export type ReadEvents = (after: Seq, limit: number) => readonly StoredEvent[];

export class EventFeed {
  readonly #read: ReadEvents;
  readonly #waiting = new Set<() => void>();
  #recent: StoredEvent[] = [];
  #head: Seq;
  #closed = false;

  constructor(head: Seq, read: ReadEvents) {
    this.#head = head;
    this.#read = read;
  }

  /** Wakes the followers; called once the events are durable. */
  publish(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (!last) return;
    this.#head = last.seq;
    // One by one: a batch may be longer than the arguments that a call can take.
    for (const event of events.slice(-2 * recentLimit)) this.#recent.push(event);
    if (this.#recent.length > 2 * recentLimit) this.#recent = this.#recent.slice(-recentLimit);
    this.#wake();
  }

  /** Ends when the signal aborts or the feed is closed. */
  async *follow(after: Seq, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[]> {
    let last = after;
    while (!signal.aborted && !this.#closed) {
      const events = this.#after(last);
      const newest = events.at(-1);
      if (newest) {
        last = newest.seq;
        yield events;
      } else {
        await this.#somethingNew(signal);
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Those after a `seq`, oldest first, at most `limit`; null when not all of them are at hand. */
  lately(seq: Seq, limit: number): StoredEvent[] | null {
    if (seq >= this.#head) return [];
    const oldest = this.#recent[0];
    if (!oldest || seq + 1 < oldest.seq) return null;
    const from = seq + 1 - oldest.seq;
    return this.#recent.slice(from, from + limit);
  }

  #after(seq: Seq): readonly StoredEvent[] {
    return this.lately(seq, pageLimit) ?? this.#read(seq, pageLimit);
  }

  #somethingNew(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
