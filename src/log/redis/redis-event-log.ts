/** The log of a company that several hosts share: Redis orders what they append, and each keeps a copy in its own SQLite. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventGroup, EventLog, Snapshot } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import { eventVersion } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { PlacedGroup } from '../placement.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { isAnswer, isBehind } from './redis-errors.ts';
import type { Appended, RedisStream, Sender } from './redis-stream.ts';
import { StreamCopy } from './stream-copy.ts';
import type { StreamEntry } from './stream-entry.ts';
import { batchName } from './stream-entry.ts';

/** A batch on its way; `sent` is null when it may not be sent before the ones ahead of it are settled. */
interface Underway {
  readonly groups: readonly EventGroup[];
  readonly number: number;
  readonly sent: Promise<Appended | null> | null;
}

/** Between two tries to find out what became of a batch, in ms. */
const betweenTries = 100;

export class RedisEventLog implements EventLog {
  readonly isShared = true;
  readonly now = (): EpochMs => this.#stream.clock.now();
  readonly presence = null;
  readonly outages = null;
  readonly #stream: RedisStream;
  readonly #copy: SqliteEventLog;
  /** A name of its own each time it starts. */
  readonly #host: string;
  readonly #closing = new AbortController();
  #epoch = 1;
  #batches = 0;
  readonly #shared: StreamCopy;
  /** What is done to the copy, one after the other. */
  #order: Promise<unknown> = Promise.resolve();
  #underway = 0;
  /** What became of a batch is not known: nothing more is sent before it is. */
  #isAdrift = false;
  readonly #following: Promise<void>;

  private constructor(stream: RedisStream, copy: SqliteEventLog, host: string, head: Seq) {
    this.#stream = stream;
    this.#copy = copy;
    this.#host = host;
    this.#shared = new StreamCopy(stream, copy, host, head);
    this.#following = this.#followOthers();
  }

  /**
   * Catches up with what others appended. The log closes both; when it can't be opened, the stream alone.
   * @param host a name that no host ever had before
   * @throws CoordError `LOG_UNAVAILABLE` - Redis went away; `DATABASE_DAMAGED` - the copy is not one of this stream
   */
  static async open(stream: RedisStream, copy: SqliteEventLog, host: string): Promise<RedisEventLog> {
    const log = new RedisEventLog(stream, copy, host, await copy.head());
    try {
      await log.#inOrder(() => log.#shared.meetStream());
      return log;
    } catch (error) {
      await log.leave();
      throw stream.failure(error);
    }
  }

  async head(): Promise<Seq> {
    return this.#shared.head;
  }

  append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    if (this.#closing.signal.aborted) return Promise.reject(closed(this.#stream.place));
    if (batch.length === 0) return Promise.resolve([]);
    this.#batches += 1;
    const number = this.#batches;
    const sent = this.#isAdrift ? null : this.#send(batch, number);
    // Its refusal is heard in its turn, which may come late.
    sent?.catch(() => undefined);
    this.#underway += 1;
    return this.#inOrder(() => this.#settle({ groups: batch, number, sent })).finally(() => {
      this.#underway -= 1;
      if (this.#underway === 0) this.#isAdrift = false;
    });
  }

  read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    return this.#copy.read(after, limit);
  }

  lastLink(): Promise<ChainLink> {
    return this.#copy.lastLink();
  }

  readRecords(after: Seq, limit?: number): Promise<readonly LogRecord[]> {
    return this.#copy.readRecords(after, limit);
  }

  snapshotSeqs(version: number): Promise<readonly Seq[]> {
    return this.#copy.snapshotSeqs(version);
  }

  snapshotText(seq: Seq, version: number): Promise<string | null> {
    return this.#copy.snapshotText(seq, version);
  }

  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#copy.follow(after, signal);
  }

  /** In the copy, and in Redis for hosts that are new to the company. */
  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const { seq, version } = snapshot;
    await this.#copy.saveSnapshot(snapshot);
    const chain = await this.#chainAt(seq);
    if (chain === null) return;
    await this.#stream.snapshots.save(version, { seq, chain }, () => this.#copy.snapshotText(seq, version));
  }

  /** The copy's, else the one in Redis if it stands on the events of the copy. */
  async loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    const own = await this.#copy.loadSnapshot(version, atMost);
    if (own) return own;
    return this.#stream.snapshots.load(version, async ({ seq, chain }) => {
      return seq <= (atMost ?? seq) && chain === (await this.#chainAt(seq));
    });
  }

  async close(): Promise<void> {
    await this.leave();
    await this.#copy.close();
  }

  /** Ends its part in the stream. The copy stays open, for whoever goes on with it. */
  async leave(): Promise<void> {
    this.#closing.abort();
    this.#stream.close();
    await this.#following;
    await this.#order;
  }

  /** The link of an event in the copy; null when it is not there. */
  async #chainAt(seq: Seq): Promise<string | null> {
    const [record] = await this.#copy.readRecords((seq - 1) as Seq, 1);
    return record?.seq === seq ? record.chain : null;
  }

  /** Null: whether it was done is not known. */
  async #send(batch: readonly EventGroup[], number: number): Promise<Appended | null> {
    try {
      return await this.#stream.append(batch, this.#sender(number));
    } catch (error) {
      if (isAnswer(error)) throw this.#stream.failure(error);
      this.#isAdrift = true;
      return null;
    }
  }

  async #settle({ groups, number, sent }: Underway): Promise<readonly (Seq | 'conflict')[]> {
    const appended = (await (sent ?? this.#send(groups, number))) ?? (await this.#findOut(groups, number));
    const { base, results } = appended;
    // It stands in the stream already: it is only a question of when it can be read.
    if (this.#shared.head < base) await this.#untilAnswered(() => this.#shared.meetStream());
    this.#shared.keepOwn(placed(groups, results), batchName(this.#host, number));
    return results;
  }

  /** Asks until Redis says what became of a batch that got no answer; sends it again if it was not done. */
  async #findOut(groups: readonly EventGroup[], number: number): Promise<Appended> {
    return this.#untilAnswered(async () => {
      this.#epoch += 1;
      await this.#stream.fence(this.#host, this.#epoch);
      await this.#shared.meetStream();
      const found = this.#shared.found(batchName(this.#host, number));
      if (found) return asAppended(groups, found);
      try {
        return await this.#stream.append(groups, this.#sender(number));
      } catch (error) {
        if (!isBehind(error)) throw error;
        // Not even the copy has what it was decided on: a batch that was refused.
        return { base: this.#shared.head, results: groups.map(() => 'conflict') };
      }
    });
  }

  /** Takes the step again for as long as Redis does not answer; it must be one that can be taken again. */
  async #untilAnswered<Result>(step: () => Promise<Result>): Promise<Result> {
    while (!this.#closing.signal.aborted) {
      try {
        return await step();
      } catch (error) {
        if (error instanceof CoordError) throw error;
        if (isAnswer(error)) throw this.#stream.failure(error);
        await pause(betweenTries, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    throw closed(this.#stream.place);
  }

  #sender(batch: number): Sender {
    return { host: this.#host, epoch: this.#epoch, batch, known: this.#shared.known };
  }

  async #followOthers(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        for await (const entries of this.#stream.follow(() => this.#shared.head, signal)) {
          if (entries.length > 0) await this.#inOrder(() => this.#keep(entries));
          else await this.#giveBackWhatIsLost();
        }
      } catch {
        // Whoever appends next meets the same, and is told; until then it is tried again.
        await pause(betweenTries, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #keep(entries: readonly StreamEntry[]): Promise<void> {
    try {
      this.#shared.keep(entries);
    } catch {
      await this.#shared.meetStream();
    }
  }

  /** Also when nothing is asked of this host. */
  async #giveBackWhatIsLost(): Promise<void> {
    if ((await this.#stream.head()) < this.#shared.head) await this.#inOrder(() => this.#shared.meetStream());
  }

  #inOrder<Result>(step: () => Promise<Result>): Promise<Result> {
    const done = this.#order.then(step);
    this.#order = done.catch(() => undefined);
    return done;
  }
}

/** The groups that were taken, with the numbers that they got. */
function placed(groups: readonly EventGroup[], results: Appended['results']): PlacedGroup[] {
  return groups.flatMap(({ events, touches }, place) => {
    const last = results[place];
    if (last === undefined || last === 'conflict') return [];
    const first = last - events.length + 1;
    const stored = events.map(({ at, actor, event }, n): StoredEvent => {
      return { seq: (first + n) as Seq, version: eventVersion, at, actor, event };
    });
    return [{ events: stored, touches }];
  });
}

/** What Redis would have answered: the groups that are not in the entries of their batch were refused. */
function asAppended(groups: readonly EventGroup[], entries: readonly StreamEntry[]): Appended {
  const lasts = new Map(
    entries.flatMap((entry) => entry.groups.map(({ place, events }) => [place, events.at(-1)?.seq] as const)),
  );
  const first = entries[0]?.groups[0]?.events[0]?.seq ?? 1;
  const results = groups.map((_, place) => lasts.get(place) ?? 'conflict');
  return { base: (first - 1) as Seq, results };
}

function closed(place: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The log in Redis at ${place} is closed: its host is stopping. Whether what was asked last is written shows when it starts again`,
  );
}
