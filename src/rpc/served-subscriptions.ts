/** The `follow`s of one connection: each sends some events ahead of the client's answers, and gives up on a client that stops answering. */
import type { ClientCalls, Coordination, FollowedEvents } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { Peer } from './peer.ts';

interface Options {
  /** How long the client may leave a batch unanswered, in ms. */
  readonly answerWithinMs: number;
  /** The line is gone. */
  readonly ended: AbortSignal;
}

/** Events that may be under way to the client before it has answered for them. */
const aheadOfAnswers = 2_000;
const maxSubscriptions = 100;

export class ServedSubscriptions {
  readonly #session: Coordination;
  readonly #peer: Peer<ClientCalls>;
  readonly #options: Options;
  readonly #running = new Map<number, AbortController>();

  constructor(session: Coordination, peer: Peer<ClientCalls>, options: Options) {
    this.#session = session;
    this.#peer = peer;
    this.#options = options;
  }

  /**
   * Starts to send the events after `after`.
   * @throws CoordError `BAD_INPUT` - the number is taken, or there are too many
   */
  add(subscription: number, after: Seq, only?: FollowedEvents): void {
    if (this.#running.has(subscription) || this.#running.size >= maxSubscriptions) {
      throw new CoordError(
        'BAD_INPUT',
        `Refused follow: number ${subscription} is taken or ${maxSubscriptions} are followed already; unfollow first`,
      );
    }
    const stop = new AbortController();
    this.#running.set(subscription, stop);
    const signal = AbortSignal.any([stop.signal, this.#options.ended]);
    void this.#run(subscription, this.#session.follow(after, signal, only), { stop, signal });
  }

  /** Stops it; one that is not known has ended by itself. */
  remove(subscription: number): void {
    this.#running.get(subscription)?.abort();
    this.#running.delete(subscription);
  }

  async #run(
    subscription: number,
    batches: AsyncIterable<readonly StoredEvent[]>,
    { stop, signal }: { readonly stop: AbortController; readonly signal: AbortSignal },
  ): Promise<void> {
    let error: CoordError | null = null;
    try {
      await this.#send(subscription, batches, signal);
    } catch (reason) {
      error =
        reason instanceof CoordError
          ? reason
          : new CoordError('INTERNAL', `Following failed: ${String(reason)}`);
    }
    stop.abort();
    if (this.#running.get(subscription) !== stop) return;
    this.#running.delete(subscription);
    this.#peer.notify('unfollowed', subscription, error?.toJSON() ?? null);
  }

  async #send(
    subscription: number,
    batches: AsyncIterable<readonly StoredEvent[]>,
    signal: AbortSignal,
  ): Promise<void> {
    const answers = new Set<Promise<unknown>>();
    let ahead = 0;
    for await (const batch of batches) {
      if (signal.aborted) return;
      ahead += batch.length;
      const answer = this.#sendBatch(subscription, batch).finally(() => {
        ahead -= batch.length;
        answers.delete(answer);
      });
      // A line that is gone is told by the signal.
      answer.catch(() => undefined);
      answers.add(answer);
      while (ahead >= aheadOfAnswers && !signal.aborted) await this.#untilAnswered(answers, signal);
    }
  }

  /** A batch that is too long for one frame goes in halves. */
  async #sendBatch(subscription: number, batch: readonly StoredEvent[]): Promise<void> {
    try {
      await this.#peer.call('events', subscription, batch);
    } catch (error) {
      const tooLarge = error instanceof CoordError && error.code === 'TOO_LARGE';
      if (!tooLarge || batch.length < 2) throw error;
      const half = batch.length >> 1;
      await this.#sendBatch(subscription, batch.slice(0, half));
      await this.#sendBatch(subscription, batch.slice(half));
    }
  }

  /** Waits for the first answer; the iteration that sends looks at the signal by itself. */
  async #untilAnswered(answers: ReadonlySet<Promise<unknown>>, signal: AbortSignal): Promise<void> {
    const { answerWithinMs } = this.#options;
    const waiting = new AbortController();
    const silence = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(tooSlow(answerWithinMs)), answerWithinMs);
      const either = AbortSignal.any([signal, waiting.signal]);
      either.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    try {
      await Promise.race([...answers, silence]);
    } finally {
      waiting.abort();
    }
  }
}

function tooSlow(withinMs: number): CoordError {
  return new CoordError(
    'FOLLOW_TOO_SLOW',
    `Unfollowed: this client left events unread for ${withinMs / 1_000} s; follow again from the last one that it read`,
  );
}
