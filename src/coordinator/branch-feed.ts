/** Lets the followers of a log see the events of the branch as well, as long as there is one. */
import type { EventLog, WantsEvent } from '../contract/event-log.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { isProvisional } from '../core/provisional.ts';

interface Follower {
  /** The last event that it was given. */
  last: Seq;
  wake: () => void;
}

interface Wish {
  readonly after: Seq;
  readonly signal: AbortSignal;
  readonly wants?: WantsEvent | undefined;
}

export class BranchFeed {
  readonly #followers = new Set<Follower>();
  /** All that was done on the branch. */
  #events: StoredEvent[] = [];
  /** Changes when what was on a branch is taken back. */
  #turn = 0;
  /** Aborts when the next branch has its first event. */
  #begun = new AbortController();

  /** Is told of everything that is published. */
  see(events: readonly StoredEvent[]): void {
    if (!events.some(({ seq }) => isProvisional(seq))) return;
    for (const event of events) this.#events.push(event);
    this.#begun.abort();
    this.#wakeAll();
  }

  /** A branch begins or ends: what was given of an earlier one counts no more. */
  turn(): void {
    if (this.#events.length === 0) return;
    this.#events = [];
    this.#begun = new AbortController();
    this.#turn += 1;
    this.#wakeAll();
  }

  /**
   * @param wish `wants` leaves out what it says no to; left out: everything
   * @throws CoordError `FOLLOW_TOO_SLOW` - events that it gave were taken back
   */
  async *follow(
    log: Pick<EventLog, 'follow'>,
    { wants, ...wish }: Wish,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const { signal } = wish;
    let last = wish.after;
    const begun = this.#begun.signal;
    if (wants && !begun.aborted) {
      // As long as there is no branch the log itself leaves out what nobody wants: nobody is woken for it.
      const either = AbortSignal.any([signal, begun]);
      for await (const events of log.follow(Math.floor(last) as Seq, either, wants)) {
        last = events.at(-1)?.seq ?? last;
        yield events;
      }
      if (!begun.aborted) return;
    }
    // Only whoever sees all of the log knows where in it the branch begins.
    for await (const events of this.#followAll(log, { after: last, signal })) {
      const wanted = wants ? events.filter(wants) : events;
      if (wanted.length > 0) yield wanted;
    }
  }

  async *#followAll(
    log: Pick<EventLog, 'follow'>,
    { after, signal }: Wish,
  ): AsyncGenerator<readonly StoredEvent[]> {
    const follower: Follower = { last: after, wake: () => undefined };
    this.#followers.add(follower);
    const ended = new AbortController();
    const untilEnded = AbortSignal.any([signal, ended.signal]);
    const events = log.follow(Math.floor(after) as Seq, untilEnded)[Symbol.asyncIterator]();
    try {
      let next: ReturnType<typeof events.next> | null = null;
      let turn = this.#turn;
      let hasBranch = false;
      while (!signal.aborted) {
        if (turn !== this.#turn && hasBranch) throw takenBack();
        turn = this.#turn;
        const branch = this.#after(follower.last);
        const newest = branch.at(-1);
        if (newest) {
          hasBranch = true;
          follower.last = newest.seq;
          yield branch;
          continue;
        }
        const woken = new Promise<null>((resolve) => {
          follower.wake = () => resolve(null);
        });
        next ??= events.next();
        const page = await Promise.race([next, woken]);
        if (page === null) continue;
        next = null;
        if (page.done) return;
        // The log goes on: the branch is being done again in it.
        if (hasBranch) throw takenBack();
        const last = page.value.at(-1);
        if (last && last.seq > follower.last) follower.last = last.seq;
        yield page.value;
      }
    } finally {
      this.#followers.delete(follower);
      ended.abort();
    }
  }

  /** What the log has before the branch comes first. */
  #after(last: Seq): readonly StoredEvent[] {
    const [first] = this.#events;
    if (!first || last < Math.floor(first.seq)) return [];
    const from = this.#events.findIndex(({ seq }) => seq > last);
    return from < 0 ? [] : this.#events.slice(from);
  }

  #wakeAll(): void {
    for (const { wake } of this.#followers) wake();
  }
}

function takenBack(): CoordError {
  return new CoordError(
    'FOLLOW_TOO_SLOW',
    'What this host did by itself stands in the log now, under other numbers: go on from the last event before',
  );
}
