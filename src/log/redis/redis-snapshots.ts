/** The newest snapshot of a company in Redis, so that a host that is new to the company need not fold all of its log. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Snapshot } from '../../contract/event-log.ts';
import type { ChainLink } from '../../contract/hash-chain.ts';
import type { CompanyId, Seq } from '../../core/ids.ts';
import type { StateSnapshot } from '../../core/state.ts';
import { keepSnapshotScript } from './append-script.ts';
import { companyKey } from './keys.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { openLine } from './redis-connection.ts';
import { redisFailure } from './redis-errors.ts';

export interface RedisSnapshotsOptions extends Pick<LineOptions, 'ca'> {
  readonly address: RedisAddress;
  readonly companyId: CompanyId;
}

interface Scripts {
  keepSnapshot(key: string, seq: number, chain: string, state: string): Promise<number>;
}

/** A large company's is some ten megabytes, and the way may be long; in ms. */
const commandTimeout = 60_000;
const longestOpening = 10_000;

export class RedisSnapshots {
  readonly #options: RedisSnapshotsOptions;
  /** What is under way. */
  #givenUp = new AbortController();

  constructor(options: RedisSnapshotsOptions) {
    this.#options = options;
  }

  /**
   * Keeps it in place of an older one of its version. The text is asked for only when it is wanted.
   * @param link of the event at which it stands
   * @throws CoordError `LOG_UNAVAILABLE`
   */
  async save(version: number, link: ChainLink, text: () => Promise<string | null>): Promise<void> {
    const key = this.key(version);
    try {
      await this.#onLine(async (line) => {
        if (link.seq <= Number((await line.hget(key, 'seq')) ?? -1)) return;
        const state = await text();
        if (state !== null) await line.keepSnapshot(key, link.seq, link.chain, state);
      });
    } catch (error) {
      throw redisFailure(redisPlace(this.#options.address), error);
    }
  }

  /**
   * Null also when it can't be had or read: the events hold the same and more.
   * @param isOurs whether it stands where the host has been, and on the same events
   */
  async load(version: number, isOurs: (link: ChainLink) => Promise<boolean>): Promise<Snapshot | null> {
    const key = this.key(version);
    try {
      return await this.#onLine(async (line) => {
        // The state is large, and mostly it is of no use.
        const wanted = linkOf(await line.hmget(key, 'seq', 'chain'));
        if (wanted === null || !(await isOurs(wanted))) return null;
        const [seq, chain, state] = await line.hmget(key, 'seq', 'chain', 'state');
        if (state == null || linkOf([seq, chain])?.chain !== wanted.chain) return null;
        return { seq: wanted.seq, version, state: JSON.parse(state) as StateSnapshot };
      });
    } catch {
      return null;
    }
  }

  /** Redis does not answer: ends what is under way, at once. */
  giveUp(): void {
    this.#givenUp.abort();
    this.#givenUp = new AbortController();
  }

  key(version: number): string {
    return companyKey(this.#options.companyId, `snapshot:${version}`);
  }

  /** A line of its own, for what takes long must not hold up an append. */
  async #onLine<Result>(use: (line: RedisClient & Scripts) => Promise<Result>): Promise<Result> {
    const { address, ca } = this.#options;
    const line = openLine(address, { commandTimeout, ca });
    line.defineCommand('keepSnapshot', { numberOfKeys: 1, lua: keepSnapshotScript });
    const { signal } = this.#givenUp;
    const ended = new AbortController();
    const givenUp = once(signal, 'abort', { signal: ended.signal }).then(() => {
      throw new Error('timed out');
    });
    const tooLong = pause(longestOpening, undefined, { signal: ended.signal }).then(() => {
      throw new Error('timed out');
    });
    // Whichever ends it, the other has nobody to tell.
    for (const end of [givenUp, tooLong]) end.catch(() => undefined);
    try {
      await Promise.race([line.connect(), givenUp, tooLong]);
      return await Promise.race([use(line as RedisClient & Scripts), givenUp]);
    } finally {
      ended.abort();
      line.disconnect();
    }
  }
}

function linkOf([seq, chain]: readonly (string | null | undefined)[]): ChainLink | null {
  return seq == null || chain == null ? null : { seq: Number(seq) as Seq, chain };
}
