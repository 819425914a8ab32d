/** The stream of a company in Redis: appends batches, and reads what anybody appended. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventGroup } from '../../contract/event-log.ts';
import type { CoordError } from '../../core/error.ts';
import type { CompanyId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { PlacedGroup } from '../placement.ts';
import { appendScript, fenceScript } from './append-script.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import { RedisClock } from './redis-clock.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { openLine, requireUsable } from './redis-connection.ts';
import { redisFailure } from './redis-errors.ts';
import { RedisSnapshots } from './redis-snapshots.ts';
import { restoreScript } from './restore-script.ts';
import type { RawEntry, StreamEntry } from './stream-entry.ts';
import { groupText, readEntry } from './stream-entry.ts';

export interface Appended {
  /** The last event before the batch. */
  readonly base: Seq;
  readonly results: readonly (Seq | 'conflict')[];
}

/** Who appends: a name of its own each time it starts, and an epoch that ends when it no longer knows what was done. */
export interface Sender {
  readonly host: string;
  readonly epoch: number;
  readonly batch: number;
  /** The last entry that it has read: it must still be there. */
  readonly known: KnownEntry;
}

/** 0 and nobody: none. */
export type KnownEntry = Pick<StreamEntry, 'last' | 'by'>;

export interface StreamOptions extends Pick<LineOptions, 'ca'> {
  readonly address: RedisAddress;
  readonly companyId: CompanyId;
  /** How long Redis may take for a command before it counts as gone, in ms. */
  readonly commandTimeout: number;
}

/** Entries that are read at once: some thousand events. */
const pageEntries = 100;
/** How long a read waits for something new, in ms. */
const longestWait = 5_000;
const betweenTries = 200;

/** Of one company all in one slot of a cluster: the hash tag is its id. */
function keysOf(companyId: CompanyId) {
  const key = (name: string) => `agentcoord:{${companyId}}:${name}`;
  return { events: key('events'), meta: key('meta'), changed: key('changed') };
}

interface Scripts {
  appendBatch(...args: (string | number)[]): Promise<number[]>;
  fenceHost(...args: (string | number)[]): Promise<number>;
  restoreGroups(...args: (string | number)[]): Promise<number>;
}

export class RedisStream {
  /** Where it is, without a password. */
  readonly place: string;
  readonly clock = new RedisClock();
  /** Of the state that its events give. */
  readonly snapshots: RedisSnapshots;
  readonly #client: RedisClient & Scripts;
  readonly #waiting: RedisClient;
  readonly #keys: ReturnType<typeof keysOf>;

  private constructor(options: StreamOptions) {
    const { address, companyId, commandTimeout, ca } = options;
    this.place = redisPlace(address);
    this.snapshots = new RedisSnapshots({ address, companyId, ca });
    this.#keys = keysOf(companyId);
    const client = openLine(address, { commandTimeout, ca });
    // It is known by its hash from then on, and is sent again to a server that does not know it.
    client.defineCommand('appendBatch', { numberOfKeys: 3, lua: appendScript });
    client.defineCommand('fenceHost', { numberOfKeys: 1, lua: fenceScript });
    client.defineCommand('restoreGroups', { numberOfKeys: 3, lua: restoreScript });
    this.#client = client as RedisClient & Scripts;
    // A line that waits would hold up what is sent after it.
    this.#waiting = openLine(address, { commandTimeout: longestWait + commandTimeout, ca });
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - why it can't be used */
  static async open(options: StreamOptions): Promise<RedisStream> {
    const stream = new RedisStream(options);
    try {
      await requireUsable(stream.#client, options.address);
      await requireUsable(stream.#waiting, options.address);
      await stream.#askTime();
      return stream;
    } catch (error) {
      stream.close();
      throw stream.failure(error);
    }
  }

  /** @throws whatever the client throws: whether it was done is known only if Redis answered */
  async append(batch: readonly EventGroup[], sender: Sender): Promise<Appended> {
    const { host, epoch, batch: number, known } = sender;
    const args: (string | number)[] = [host, epoch, number, known.last, known.by, batch.length];
    for (const group of batch) {
      const { events, touches, reads, decidedAt } = group;
      args.push(
        decidedAt,
        events.length,
        touches.length,
        reads.length,
        ...touches,
        ...reads,
        groupText(group),
      );
    }
    const { events, meta, changed } = this.#keys;
    const sentAt = this.clock.sentAt;
    const [base = 0, at = 0, ...lasts] = await this.#client.appendBatch(events, meta, changed, ...args);
    this.clock.learn(sentAt, Number(at) as EpochMs);
    const results = lasts.map((last): Seq | 'conflict' => (last === 0 ? 'conflict' : (last as Seq)));
    return { base: base as Seq, results };
  }

  /** Nothing counts any more that the host sent in an earlier epoch. @returns the head */
  async fence(host: string, epoch: number): Promise<Seq> {
    return (await this.#client.fenceHost(this.#keys.meta, host, epoch)) as Seq;
  }

  async #askTime(): Promise<void> {
    const sentAt = this.clock.sentAt;
    const [seconds = 0, micros = 0] = (await this.#client.time()).map(Number);
    this.clock.learn(sentAt, Math.floor(seconds * 1_000 + micros / 1_000) as EpochMs);
  }

  /** The last event; 0 when there is none. */
  async head(): Promise<Seq> {
    return Number((await this.#client.hget(this.#keys.meta, 'head')) ?? 0) as Seq;
  }

  /** Puts groups back under their numbers, right after `head`; does nothing when the stream ends elsewhere. */
  async restore(groups: readonly PlacedGroup[], head: Seq, by: string): Promise<void> {
    const args: (string | number)[] = [head, by, groups.length];
    for (const group of groups) {
      args.push(group.events.at(-1)?.seq ?? head, group.touches.length, ...group.touches, groupText(group));
    }
    const { events, meta, changed } = this.#keys;
    await this.#client.restoreGroups(events, meta, changed, ...args);
  }

  /** Entries that end after a `seq`, the oldest first; none at the end. */
  async read(after: Seq): Promise<StreamEntry[]> {
    const entries = await this.#client.xrange(this.#keys.events, `(${after}-0`, '+', 'COUNT', pageEntries);
    return entries.map((entry) => readEntry(entry as RawEntry));
  }

  /** Each page of entries that end after a `seq` as it comes, none after a while of silence; over any loss of the line. */
  async *follow(after: () => Seq, signal: AbortSignal): AsyncGenerator<readonly StreamEntry[]> {
    while (!signal.aborted) {
      yield await this.#wait(after(), signal);
    }
  }

  /** Why something of it was refused or failed, in words. */
  failure(error: unknown): CoordError {
    return redisFailure(this.place, error);
  }

  close(): void {
    this.#client.disconnect();
    this.#waiting.disconnect();
  }

  async #wait(after: Seq, signal: AbortSignal): Promise<StreamEntry[]> {
    const args = [
      'COUNT',
      pageEntries,
      'BLOCK',
      longestWait,
      'STREAMS',
      this.#keys.events,
      `${after}-0`,
    ] as const;
    const answer = await this.#waiting.xread(...args).catch(async () => {
      // The line comes back by itself.
      await pause(betweenTries, undefined, { signal, ref: false }).catch(() => undefined);
      return null;
    });
    return (answer?.[0]?.[1] ?? []).map((entry) => readEntry(entry as RawEntry));
  }
}
