/** Lets any number of readers follow a log, each at its own pace: nothing is queued for a slow one. */
import type { WantsEvent } from '../contract/event-log.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';

/** How many of the newest events are kept at hand, so that live followers need not read the store. */
const recentLimit = 4_096;
/** How many events a follower gets at once. */
const pageLimit = 1_000;

/** One that follows. While it waits it has seen all there is, whether it wanted it or not. */
interface Follower {
  last: Seq;
  readonly wants: WantsEvent;
  wake: () => void;
}

/** Answers the events after a `seq`, oldest first, at most `limit`. */
export type ReadEvents = (after: Seq, limit: number) => readonly StoredEvent[];

export class EventFeed {
  readonly #read: ReadEvents;
  readonly #waiting = new Set<Follower>();
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
    this.#wakeWhoWants(events);
  }

  /** Ends when the signal aborts or the feed is closed. @param wants left out: everything */
  async *follow(
    after: Seq,
    signal: AbortSignal,
    wants: WantsEvent = everything,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const follower: Follower = { last: after, wants, wake: () => undefined };
    const stop = () => follower.wake();
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted && !this.#closed) {
        const events = this.#after(follower.last);
        const newest = events.at(-1);
        if (newest) {
          follower.last = newest.seq;
          const wanted = wants === everything ? events : events.filter(wants);
          if (wanted.length > 0) yield wanted;
        } else {
          await this.#somethingNew(follower);
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#closed = true;
    for (const { wake } of [...this.#waiting]) wake();
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

  #somethingNew(follower: Follower): Promise<void> {
    return new Promise((resolve) => {
      follower.wake = () => {
        this.#waiting.delete(follower);
        resolve();
      };
      this.#waiting.add(follower);
    });
  }

  /** Most of a company's events concern none of its workers, and each that is woken costs a frame and a process its rest. */
  #wakeWhoWants(events: readonly StoredEvent[]): void {
    const anyFor = new Map<WantsEvent, boolean>();
    for (const follower of [...this.#waiting]) {
      let any = anyFor.get(follower.wants);
      if (any === undefined) {
        any = events.some(follower.wants);
        anyFor.set(follower.wants, any);
      }
      if (any) follower.wake();
      else if (this.#head > follower.last) follower.last = this.#head;
    }
  }
}

const everything: WantsEvent = () => true;
