/** The newest snapshot of a company in Redis, so that a host that is new to the company need not fold all of its log. */
import type { Snapshot } from '../../contract/event-log.ts';
import type { CompanyId, Seq } from '../../core/ids.ts';
import type { StateSnapshot } from '../../core/state.ts';
import { keepSnapshotScript } from './append-script.ts';
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
  keepSnapshot(key: string, seq: number, state: string): Promise<number>;
}

/** A large company's is some ten megabytes, and the way may be long; in ms. */
const commandTimeout = 60_000;

export class RedisSnapshots {
  readonly #options: RedisSnapshotsOptions;

  constructor(options: RedisSnapshotsOptions) {
    this.#options = options;
  }

  /**
   * Keeps it in place of an older one of its version. The text is asked for only when it is wanted.
   * @throws CoordError `LOG_UNAVAILABLE`
   */
  async save(
    { seq, version }: Pick<Snapshot, 'seq' | 'version'>,
    text: () => Promise<string | null>,
  ): Promise<void> {
    const key = this.#keyOf(version);
    try {
      await this.#onLine(async (line) => {
        if (seq <= Number((await line.hget(key, 'seq')) ?? -1)) return;
        const state = await text();
        if (state !== null) await line.keepSnapshot(key, seq, state);
      });
    } catch (error) {
      throw redisFailure(redisPlace(this.#options.address), error);
    }
  }

  /** Null also when it can't be had or read: the events hold the same and more. */
  async load(version: number, atMost: Seq): Promise<Snapshot | null> {
    const key = this.#keyOf(version);
    try {
      return await this.#onLine(async (line) => {
        // The state is large, and mostly it is of no use.
        if (Number((await line.hget(key, 'seq')) ?? atMost + 1) > atMost) return null;
        const [seq, state] = await line.hmget(key, 'seq', 'state');
        if (state == null || Number(seq) > atMost) return null;
        return { seq: Number(seq) as Seq, version, state: JSON.parse(state) as StateSnapshot };
      });
    } catch {
      return null;
    }
  }

  #keyOf(version: number): string {
    return `agentcoord:{${this.#options.companyId}}:snapshot:${version}`;
  }

  /** A line of its own, for what takes long must not hold up an append. */
  async #onLine<Result>(use: (line: RedisClient & Scripts) => Promise<Result>): Promise<Result> {
    const { address, ca } = this.#options;
    const line = openLine(address, { commandTimeout, ca });
    line.defineCommand('keepSnapshot', { numberOfKeys: 1, lua: keepSnapshotScript });
    try {
      await line.connect();
      return await use(line as RedisClient & Scripts);
    } finally {
      line.disconnect();
    }
  }
}
