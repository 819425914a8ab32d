/** What a session holds, and how it learns that it does no longer: from the host's events, or from the loss of the line. */
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { pause } from './abort.ts';
import type { Bound, Line } from './line.ts';

export interface Held {
  /** The `seq` of the event that gave it: what happened before says nothing about it. */
  readonly token: Seq;
  /** It stays the member's when the line is lost: a person's task. */
  readonly survivesLine: boolean;
  /** Whether the event took it away. */
  isEndedBy(event: StoredEvent['event']): boolean;
  /** Says that it is lost, and why. */
  lose(why: string): void;
  /** Gives it back as the session is closed. */
  giveBack(): Promise<void>;
}

export class Holdings {
  readonly #line: Line;
  readonly #held = new Set<Held>();
  #seen: Seq | null = null;
  #watching = false;

  constructor(line: Line) {
    this.#line = line;
    line.onLost(({ message }) => {
      for (const held of [...this.#held]) if (!held.survivesLine) this.#end(held, message);
    });
  }

  add(held: Held): void {
    this.#held.add(held);
    this.#seen ??= held.token;
    if (this.#watching) return;
    this.#watching = true;
    void this.#watch();
  }

  /** It was given back or finished. */
  remove(held: Held): void {
    this.#held.delete(held);
  }

  /** Never rejects: what can't be given back ends with the line. */
  async giveBackAll(): Promise<void> {
    await Promise.all([...this.#held].map((held) => held.giveBack().catch(() => undefined)));
  }

  #end(held: Held, why: string): void {
    if (this.#held.delete(held)) held.lose(why);
  }

  /** Follows the log from the first thing held, over every loss of the line, until the session is closed. */
  async #watch(): Promise<void> {
    const { closing } = this.#line;
    while (!closing.aborted) {
      const bound = await this.#line.bound(closing).catch(() => null);
      if (!bound) return;
      await this.#follow(bound).catch(() => undefined);
      await pause(20, closing);
    }
  }

  async #follow({ connection }: Bound): Promise<void> {
    for await (const batch of connection.follow(this.#seen ?? (0 as Seq), this.#line.closing)) {
      for (const { seq, event } of batch) {
        this.#seen = seq;
        for (const held of [...this.#held]) {
          if (seq > held.token && held.isEndedBy(event)) this.#end(held, endWords(event));
        }
      }
    }
  }
}

function endWords(event: StoredEvent['event']): string {
  if ('note' in event && typeof event.note === 'string') return event.note;
  if ('reason' in event && typeof event.reason === 'string') return event.reason.replaceAll('_', ' ');
  return `the company says ${event.type}`;
}

export function lost(code: 'LOCK_LOST' | 'LEASE_LOST', what: string, why: string): CoordError {
  return new CoordError(code, `${what} is not yours any more: ${why}`);
}
