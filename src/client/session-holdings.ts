/** What a session holds over its line: told as lost by the host's events or with the line, and given back at the end. */
import type { Seq } from '../core/ids.ts';
import { pause } from './abort.ts';
import type { HeldLock } from './held-lock.ts';
import { Holdings } from './holdings.ts';
import type { Lease } from './lease.ts';
import type { Bound, Line } from './line.ts';

/** In ms: a host that answers at all has done it by then. */
const longestGivingBack = 3_000;

export class SessionHoldings extends Holdings<HeldLock | Lease> {
  readonly #line: Line;
  #seen: Seq | null = null;

  constructor(line: Line) {
    super();
    this.#line = line;
    line.onLost(({ message }) => {
      for (const held of this) if (!('survivesLine' in held && held.survivesLine)) this.lose(held, message);
    });
  }

  override async take<Got extends HeldLock | Lease>(ask: () => Promise<Got | null>): Promise<Got | null> {
    const got = await super.take(ask);
    if (got && this.#seen === null) {
      this.#seen = got.token;
      void this.#watch();
    }
    return got;
  }

  /**
   * As the session is closed, when nothing new is asked for. Never rejects, and waits for no host that has gone silent:
   * what can't be given back ends with the line.
   */
  async giveBackAll(): Promise<void> {
    const over = new AbortController();
    const giving = this.#giveBack().finally(() => over.abort());
    await Promise.race([giving, pause(longestGivingBack, over.signal)]);
  }

  async #giveBack(): Promise<void> {
    await this.answered();
    await Promise.allSettled([...this].map((held) => held[Symbol.asyncDispose]()));
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
    const after = this.#seen ?? (0 as Seq);
    for await (const batch of connection.follow(after, this.#line.closing, 'holdings')) {
      for (const stored of batch) {
        this.#seen = stored.seq;
        this.see(stored);
      }
    }
  }
}
