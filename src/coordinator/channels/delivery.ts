/** Sends what waits for one channel, one after the other, again and again until it has arrived. Knows nothing of the other channels. */
import type {
  ChannelLine,
  ChannelStore,
  OutboxEdit,
  OutboxRow,
  OutboxWork,
} from '../../contract/channels.ts';
import type { ChannelError } from '../../contract/plugin/channel-error.ts';
import type { MessageRef, OutboundMessage } from '../../contract/plugin/messages.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { OnFault } from '../fault.ts';

export interface DeliveryParts {
  readonly channel: string;
  readonly store: ChannelStore;
  readonly line: ChannelLine;
  /** Null: there is nothing to send any more. */
  readonly compose: (rows: readonly OutboxRow[]) => Promise<OutboundMessage | null>;
  /** Null: there is nothing to change any more. */
  readonly composeEdit: (edit: OutboxEdit) => Promise<{
    readonly ref: MessageRef;
    readonly message: OutboundMessage;
    readonly isLast: boolean;
  } | null>;
  readonly now: () => EpochMs;
  readonly onFault: OnFault;
  /** What tests set otherwise. */
  readonly patience?: Partial<DeliveryPatience>;
}

export interface DeliveryPatience {
  /** After a first failure; each further one waits twice as long, up to the longest. In ms. */
  readonly firstWait: number;
  readonly longestWait: number;
}

const usualPatience: DeliveryPatience = { firstWait: 1_000, longestWait: 60_000 };
/** So many times may something fail, or be the last that a plugin ever saw, until what comes after it is tried. */
const mostFailures = 8;
const mostCrashes = 5;
/** So many that may be at fault are passed at once, at most. */
const mostPassed = 10;
/** Nothing is due: look again after so long at the latest, in ms. */
const longestSleep = 60_000;

type Failure = Pick<ChannelError, 'code' | 'retryAfterMs' | 'message'> | CoordError;
/** What was tried in vain, and why. */
interface Tried {
  readonly work: OutboxWork;
  readonly reason: string;
}

export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #patience: DeliveryPatience;
  readonly #ended = new AbortController();
  readonly #done: Promise<void>;
  #wake: (() => void) | null = null;
  #isAwake = false;
  lastSentAt: EpochMs | null = null;
  /** Why what is to be sent now does not get through; null: nothing stands in the way. */
  trouble: string | null = null;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#patience = { ...usualPatience, ...parts.patience };
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
    const { channel, store, now } = this.#parts;
    while (!this.#ended.signal.aborted) {
      this.#isAwake = false;
      const work = store.next(channel, now());
      if (work) {
        await this.#carry(work);
        continue;
      }
      const due = store.nextDue(channel);
      await this.#sleep(due === null ? longestSleep : Math.max(5, due - now()));
    }
  }

  /**
   * Nothing is passed by what comes after it, but for what fails again and again: when the next one gets through right
   * after it failed, then it is not the service that would not have it now, and it is set aside. While nothing gets
   * through, everything waits.
   */
  async #carry(first: OutboxWork): Promise<void> {
    const { channel, store, now } = this.#parts;
    const tried: Tried[] = [];
    let work: OutboxWork | null = first;
    let wait = 0;
    while (work && !this.#ended.signal.aborted) {
      const failure = await this.#do(work);
      this.trouble = failure === null || failure.code === 'REJECTED' ? null : failure.message.slice(0, 1_000);
      if (failure === null) {
        for (const { work: poison, reason } of tried) store.setAside(channel, poison, reason, now());
        return;
      }
      if (this.#ended.signal.aborted) return;
      store.failedOnce(channel, work);
      const reason = failure.message.slice(0, 1_000);
      if (failure.code === 'REJECTED') {
        // What can't be changed any more, such as a message that somebody took away, is as it is.
        if (work.act === 'edit') store.edited(channel, work.edit, true);
        else store.setAside(channel, work, reason, now());
        return;
      }
      wait ||= this.#waitAfter(work, failure);
      tried.push({ work, reason });
      if (!maySuspect(first, failure, tried.length)) break;
      work = store.next(channel, now(), lastSeq(work));
    }
    await this.#sleep(wait, false);
  }

  /** @returns why it could not be done; null: it was */
  async #do(work: OutboxWork): Promise<Failure | null> {
    const { channel, store, line, compose, composeEdit, now } = this.#parts;
    try {
      await line.ready(this.#ended.signal);
      if (work.act === 'edit') {
        const change = await composeEdit(work.edit);
        if (change) await line.edit(change.ref, change.message);
        store.edited(channel, work.edit, change?.isLast ?? true);
        return null;
      }
      const message = await compose(work.rows);
      if (message && work.rows[0]?.inDigest) store.sending(channel, work.rows);
      const ref = message && (await line.send(message));
      store.sent(channel, work.rows, ref);
      if (message) this.lastSentAt = now();
      return null;
    } catch (error) {
      return error instanceof Error ? (error as Failure) : new CoordError('INTERNAL', String(error));
    }
  }

  #waitAfter(work: OutboxWork, failure: Failure): number {
    const { firstWait, longestWait } = this.#patience;
    const wanted = 'retryAfterMs' in failure ? failure.retryAfterMs : null;
    return wanted ?? Math.min(longestWait, firstWait * 2 ** Math.min(attemptsOf(work), 10));
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

/** Whether what comes after it is tried, to see whether the service or what is sent is at fault. */
function maySuspect(first: OutboxWork, failure: Failure, tried: number): boolean {
  if (failure.code === 'UNAUTHORIZED') return false;
  // A service that says how long it wants to be left alone is left alone.
  if ('retryAfterMs' in failure && failure.retryAfterMs !== null) return false;
  const failures = attemptsOf(first) + 1 - (failure.code === 'PLUGIN_FAILED' ? mostCrashes : mostFailures);
  // One more each time: several in a row may be at fault.
  return failures >= 0 && tried <= Math.min(failures + 1, mostPassed);
}

const attemptsOf = (work: OutboxWork): number =>
  work.act === 'edit' ? work.edit.attempts : (work.rows[0]?.attempts ?? 0);

const lastSeq = (work: OutboxWork): Seq | undefined =>
  work.act === 'edit' ? work.edit.seq : work.rows.at(-1)?.seq;
