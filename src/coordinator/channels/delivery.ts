/** Sends what waits for one channel, one after the other, again and again until it has arrived. Knows nothing of the other channels. */
import type { ChannelLine, ChannelStore, OutboxRow } from '../../contract/channels.ts';
import type { ChannelError } from '../../contract/plugin/channel-error.ts';
import type { OutboundMessage } from '../../contract/plugin/messages.ts';
import { CoordError } from '../../core/error.ts';
import type { EpochMs } from '../../core/units.ts';
import type { OnFault } from '../fault.ts';

export interface DeliveryParts {
  readonly channel: string;
  readonly store: ChannelStore;
  readonly line: ChannelLine;
  /** Null: there is nothing to send any more. */
  readonly compose: (rows: readonly OutboxRow[]) => Promise<OutboundMessage | null>;
  readonly now: () => EpochMs;
  readonly onFault: OnFault;
}

/** After a first failure; each further one waits twice as long, up to the longest. In ms. */
const firstWait = 1_000;
const longestWait = 60_000;
/** So many times may a message be the last that a plugin ever saw. */
const mostCrashes = 5;
/** Nothing is due: look again after so long at the latest, in ms. */
const longestSleep = 60_000;

export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #ended = new AbortController();
  readonly #done: Promise<void>;
  #wake: (() => void) | null = null;
  #isAwake = false;
  lastSentAt: EpochMs | null = null;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#done = this.#run().catch((error: unknown) => {
      if (!this.#ended.signal.aborted) parts.onFault(error);
    });
  }

  /** Something was added, or the channel is ready again. */
  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** What is being sent is sent; what waits goes on waiting. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { channel, store, line, now } = this.#parts;
    while (!this.#ended.signal.aborted) {
      this.#isAwake = false;
      const rows = store.next(channel, now());
      if (rows.length === 0) {
        const due = store.nextDue(channel);
        await this.#sleep(due === null ? longestSleep : Math.max(5, due - now()));
        continue;
      }
      await line.ready(this.#ended.signal);
      await this.#send(rows);
    }
  }

  async #send(rows: readonly OutboxRow[]): Promise<void> {
    const { channel, store, line, compose, now } = this.#parts;
    try {
      const message = await compose(rows);
      const ref = message && (await line.send(message));
      store.sent(channel, rows, ref);
      if (message) this.lastSentAt = now();
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      store.failedOnce(channel, rows);
      const attempts = (rows[0]?.attempts ?? 0) + 1;
      const reason = error instanceof Error ? error.message : String(error);
      const { code, retryAfterMs = null } = error as Partial<ChannelError>;
      const isPoison =
        error instanceof CoordError && error.code === 'PLUGIN_FAILED' && attempts >= mostCrashes;
      if (code === 'REJECTED' || isPoison) {
        store.setAside(channel, rows, reason.slice(0, 1_000), now());
        return;
      }
      const wait = retryAfterMs ?? Math.min(longestWait, firstWait * 2 ** Math.min(attempts - 1, 10));
      await this.#sleep(wait, false);
    }
  }

  /** @param isWoken ends early when something is added: a channel that asked to be left alone is not woken by that */
  #sleep(ms: number, isWoken = true): Promise<void> {
    if (this.#ended.signal.aborted || (isWoken && this.#isAwake)) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, 2 ** 31 - 1));
      this.#wake = () => {
        if (isWoken || this.#ended.signal.aborted) end();
      };
    });
  }
}
