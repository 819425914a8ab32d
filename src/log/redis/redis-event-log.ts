/** The log of a company that several hosts share: Redis orders what they append, and each keeps a copy in its own SQLite. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ArtifactExchange } from '../../contract/artifact-exchange.ts';
import type { EventGroup, EventLog, Snapshot } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { LogAway } from '../../contract/log-away.ts';
import type { HostInfo, Outages, Presence } from '../../contract/other-hosts.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import { eventVersion } from '../../core/event.ts';
import type { HostId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { AwayState } from './away-state.ts';
import { isAnswer } from './redis-errors.ts';
import { NoAnswer } from './redis-lines.ts';
import { RedisPresence } from './redis-presence.ts';
import type { Appended, RedisStream } from './redis-stream.ts';
import { Reunion } from './reunion.ts';
import type { TakenGroup } from './stream-copy.ts';
import { StreamCopy } from './stream-copy.ts';
import { batchName } from './stream-entry.ts';

/** Who a log is opened by. */
export interface StreamHost {
  readonly id: HostId;
  readonly info: HostInfo;
  /** `<HostId>.<random>`: a name that nobody ever had before, new at each start. */
  readonly sender: string;
  /** No other host can have anything of this stream: none is waited for when Redis lacks some of it. */
  readonly isAlone?: boolean;
}

/** After so long without an append of its own it listens for those of others, in ms. */
const quiet = 20;
/** Until it listens for the others again, in ms. */
const betweenTries = 100;

export class RedisEventLog implements EventLog {
  readonly isShared = true;
  readonly now = (): EpochMs => this.#stream.clock.now();
  readonly outages: Outages;
  readonly #stream: RedisStream;
  readonly #copy: SqliteEventLog;
  readonly #sender: string;
  readonly #closing = new AbortController();
  readonly #away = new AwayState();
  readonly #presence: RedisPresence;
  readonly #shared: StreamCopy;
  readonly #reunion: Reunion;
  #batches = 0;
  /** When it appended last, by `performance.now()`. */
  #appendedAt = Number.NEGATIVE_INFINITY;
  /** What is done to the copy, one after the other. */
  #order: Promise<unknown> = Promise.resolve();
  /** What goes on by itself, until it is closed. */
  #running: Promise<unknown> = Promise.resolve();

  private constructor(stream: RedisStream, copy: SqliteEventLog, host: StreamHost, head: Seq) {
    this.#stream = stream;
    this.#copy = copy;
    this.#sender = host.sender;
    this.#shared = new StreamCopy(stream, copy, head);
    this.#presence = new RedisPresence({
      stream,
      host: host.id,
      info: host.info,
      known: () => this.#shared.known,
      isAway: () => this.#isAway,
      lost: (error) => this.#goAway(error),
    });
    this.#reunion = new Reunion({
      ...{ stream, copy, shared: this.#shared, presence: this.#presence, away: this.#away },
      sender: host.sender,
      inOrder: (step) => this.#inOrder(step),
      closing: this.#closing.signal,
      closed: () => closed(stream.place),
    });
    const away = this.#away;
    this.outages = {
      get cause() {
        return away.cause;
      },
      gone: (signal) => this.#away.begun(signal),
      nextBatch: () => batchName(this.#sender, this.#batches + 1),
      comeBack: (batches, signal) => this.#reunion.again(batches, signal),
    };
  }

  /**
   * Catches up with what others appended; a copy that holds something is opened also while Redis is away. The log closes
   * both; when it can't be opened, the stream alone.
   * @param stream connected or not
   * @throws CoordError `LOG_UNAVAILABLE` - this Redis will not do, the copy is not one of this stream, or it is empty and
   *   Redis is away; `DATABASE_DAMAGED`
   */
  static async open(stream: RedisStream, copy: SqliteEventLog, host: StreamHost): Promise<RedisEventLog> {
    const head = await copy.head();
    const log = new RedisEventLog(stream, copy, host, head);
    try {
      const why = await log.#reunion.first(head > 0, host.isAlone ?? false);
      if (why !== null) log.#goAway(why);
    } catch (error) {
      await log.leave();
      throw stream.failure(error);
    }
    const { signal } = log.#closing;
    log.#running = Promise.all([log.#followOthers(), log.#presence.beatOn(signal)]);
    return log;
  }

  get presence(): Presence {
    return this.#presence;
  }

  get artifacts(): ArtifactExchange {
    return this.#stream.artifacts;
  }

  async head(): Promise<Seq> {
    return this.#shared.head;
  }

  append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    if (this.#closing.signal.aborted) return Promise.reject(closed(this.#stream.place));
    if (batch.length === 0) return Promise.resolve([]);
    if (this.#isAway) return Promise.reject(this.#awayFor(null));
    this.#batches += 1;
    const number = this.#batches;
    this.#appendedAt = performance.now();
    const sent = this.#send(batch, number);
    // Its refusal is heard in its turn, which may come late.
    sent.catch(() => undefined);
    return this.#durable(
      this.#inOrder(() => this.#settle(batch, number, sent)),
      number,
    );
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

  /** In the copy, and in Redis for hosts that are new to the company; not there while it is away. */
  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const { seq, version } = snapshot;
    await this.#copy.saveSnapshot(snapshot);
    const chain = await this.#chainAt(seq);
    if (chain === null || this.#isAway) return;
    await this.#stream.snapshots.save(version, { seq, chain }, () => this.#copy.snapshotText(seq, version));
  }

  /** The copy's, else the one in Redis if it stands on the events of the copy. */
  async loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    const own = await this.#copy.loadSnapshot(version, atMost);
    if (own || this.#isAway) return own;
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
    await this.#running;
    await this.#order;
  }

  get #isAway(): boolean {
    return this.#away.cause !== null;
  }

  /** The link of an event in the copy; null when it is not there. */
  async #chainAt(seq: Seq): Promise<string | null> {
    const [record] = await this.#copy.readRecords((seq - 1) as Seq, 1);
    return record?.seq === seq ? record.chain : null;
  }

  async #send(batch: readonly EventGroup[], number: number): Promise<Appended> {
    const known = this.#shared.known;
    try {
      return await this.#stream.append(batch, {
        name: this.#sender,
        epoch: this.#reunion.epoch,
        batch: number,
        known,
      });
    } catch (error) {
      if (isAnswer(error)) throw this.#stream.failure(error);
      this.#goAway(error);
      throw this.#awayFor(batchName(this.#sender, number));
    }
  }

  /** It stands in the stream already: what fails from there on is no refusal. */
  async #settle(
    batch: readonly EventGroup[],
    number: number,
    sent: Promise<Appended>,
  ): Promise<Appended['results']> {
    const { base, results } = await sent;
    const name = batchName(this.#sender, number);
    try {
      if (this.#shared.head < base) await this.#shared.readOn(base);
      if (this.#shared.head < base) throw new NoAnswer('it has lost what it has answered');
      this.#shared.keepOwn(taken(batch, results), name);
      return results;
    } catch (error) {
      this.#goAway(error);
      throw this.#awayFor(name);
    }
  }

  /** Nothing is acknowledged that the copy may lose. The next batches are settled meanwhile. */
  async #durable(settled: Promise<Appended['results']>, number: number): Promise<Appended['results']> {
    const results = await settled;
    try {
      await this.#copy.synced();
      return results;
    } catch (error) {
      this.#goAway(error);
      throw this.#awayFor(batchName(this.#sender, number));
    }
  }

  /** Nothing is sent any more, and what was sent is given up. */
  #goAway(error: unknown): void {
    if (this.#isAway || this.#closing.signal.aborted) return;
    this.#presence.hide();
    this.#away.begin(
      this.#stream.failure(error),
      this.#inOrder(async () => undefined),
    );
    this.#stream.drop();
  }

  #awayFor(batch: string | null): CoordError {
    const { cause } = this.#away;
    if (cause === null) return closed(this.#stream.place);
    return new LogAway(this.#stream.place, batch, { cause });
  }

  async #followOthers(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        for await (const entries of this.#stream.follow(() => this.#shared.head, signal)) {
          // Until it comes back the copy stays as it is: what is done meanwhile rests on it.
          if (this.#isAway) break;
          await this.#inOrder(async () => {
            if (!this.#isAway) this.#shared.keep(entries);
          });
          await this.#untilQuiet(signal);
        }
      } catch {
        // Whoever appends next meets the same, and is told; until then it is tried again.
      }
      await pause(betweenTries, undefined, { signal }).catch(() => undefined);
    }
  }

  /** While this host appends, each answer tells it what others did, and reading would bring mostly what it wrote itself. */
  async #untilQuiet(signal: AbortSignal): Promise<void> {
    for (;;) {
      const rest = this.#appendedAt + quiet - performance.now();
      if (rest <= 0) return;
      await pause(rest, undefined, { signal });
    }
  }

  #inOrder<Result>(step: () => Promise<Result>): Promise<Result> {
    const done = this.#order.then(step);
    this.#order = done.catch(() => undefined);
    return done;
  }
}

/** The groups that were taken, with the numbers that they got. */
function taken(batch: readonly EventGroup[], results: Appended['results']): TakenGroup[] {
  return batch.flatMap(({ events, touches }, place) => {
    const last = results[place];
    if (last === undefined || last === 'conflict') return [];
    const first = last - events.length + 1;
    const stored = events.map(({ at, actor, event }, n): StoredEvent => {
      return { seq: (first + n) as Seq, version: eventVersion, at, actor, event };
    });
    return [{ place, events: stored, touches }];
  });
}

function closed(place: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The log in Redis at ${place} is closed: its host is stopping. Whether what was asked last is written shows when it starts again`,
  );
}
