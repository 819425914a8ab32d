/** How a host meets its Redis: when it starts, and again after each outage. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fate } from '../../contract/other-hosts.ts';
import { CoordError } from '../../core/error.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import type { AwayState } from './away-state.ts';
import { isAnswer, isTwin } from './redis-errors.ts';
import type { RedisPresence } from './redis-presence.ts';
import type { RedisStream } from './redis-stream.ts';
import { gathering } from './restore-script.ts';
import { OtherHistory, StillRestoring } from './restore-stream.ts';
import type { StreamCopy } from './stream-copy.ts';
import { senderOf } from './stream-entry.ts';

export interface ReunionParts {
  readonly stream: RedisStream;
  readonly copy: SqliteEventLog;
  readonly shared: StreamCopy;
  readonly presence: RedisPresence;
  readonly away: AwayState;
  readonly sender: string;
  /** After whatever is being done to the copy. */
  readonly inOrder: <Result>(step: () => Promise<Result>) => Promise<Result>;
  readonly closing: AbortSignal;
  /** What is said from when it is closed. */
  readonly closed: () => CoordError;
}

/** Between two tries, in ms. */
const betweenTries = 100;
/** How long one of them may take to reach Redis, in ms. */
const longestTry = 3_000;
/** How long a host that has nothing yet may take to reach Redis, and for others to be through with what Redis lacks, in ms. */
const firstMeeting = 5_000;
/** The epoch of a sender that is no more: none is later. */
const noEpoch = Number.MAX_SAFE_INTEGER;

export class Reunion {
  readonly #parts: ReunionParts;
  #epoch = 1;

  constructor(parts: ReunionParts) {
    this.#parts = parts;
  }

  /** Of what the host sends now: what it sent in an earlier one is refused. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * @param mayBeAway the host can do without it for a while
   * @param isAlone no other host can have anything of the stream
   * @returns why it is away; null: they have met
   * @throws whatever is wrong that does not pass by itself; anything when it may not be away
   */
  async first(mayBeAway: boolean, isAlone: boolean): Promise<unknown> {
    const { stream, shared, presence, inOrder } = this.#parts;
    const deadline = performance.now() + firstMeeting;
    for (;;) {
      try {
        await stream.connect(mayBeAway ? stream.commandTimeout : firstMeeting);
        await inOrder(() => shared.meetStream(isAlone ? 0 : gathering));
        await presence.beat();
        return null;
      } catch (error) {
        // Who had this name may have been killed a moment ago.
        const mayPass = error instanceof StillRestoring || isTwin(error);
        if (mayPass && performance.now() < deadline) {
          await pause(betweenTries);
          continue;
        }
        if (!mayBeAway || error instanceof CoordError || isAnswer(error)) throw error;
        return error;
      }
    }
  }

  /** As `Outages.comeBack` has it: tries for as long as it takes. */
  async again(batches: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Fate>> {
    const { stream, away, inOrder, closing, closed } = this.#parts;
    const either = AbortSignal.any([signal, closing]);
    for (;;) {
      signal.throwIfAborted();
      if (closing.aborted) throw closed();
      try {
        return await inOrder(() => this.#try(batches, either));
      } catch (error) {
        if (error instanceof OtherHistory) throw error;
        if (error instanceof CoordError && error.code !== 'LOG_UNAVAILABLE') throw error;
        // While others give what they have there is nothing wrong with the line.
        if (!(error instanceof StillRestoring)) {
          away.explain(stream.failure(error));
          stream.drop();
        }
      }
      await pause(betweenTries, undefined, { signal: either }).catch(() => undefined);
    }
  }

  /** May be done again. */
  async #try(batches: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Fate>> {
    const { stream, copy, shared, presence, away, sender } = this.#parts;
    await stream.connect(longestTry);
    // While it is there, what is under way goes on.
    if (away.cause !== null) this.#epoch += 1;
    const earlier = [...new Set(batches.map(senderOf))].filter((name) => name !== sender);
    await stream.fence([[sender, this.#epoch], ...earlier.map((name) => [name, noEpoch] as const)]);
    await shared.meetStream(gathering);
    const fates = shared.fates(batches);
    await copy.synced();
    await presence.beat();
    signal.throwIfAborted();
    away.end();
    return fates;
  }
}
