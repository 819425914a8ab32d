/** The log of a company that several hosts share: Redis orders what they append, and each keeps a copy in its own SQLite. */
import type { ArtifactExchange } from '../../contract/artifact-exchange.ts';
import type { EventGroup, EventLog, Snapshot, WantsEvent } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { LogAway } from '../../contract/log-away.ts';
import type { HostInfo, Outages, Presence } from '../../contract/other-hosts.ts';
import { usualKeepEvents } from '../../contract/redis-settings.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { HostId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { AwayState } from './away-state.ts';
import { followStream } from './follow-stream.ts';
import { OwnAppends } from './own-appends.ts';
import { RedisPresence } from './redis-presence.ts';
import type { RedisStream } from './redis-stream.ts';
import { Reunion } from './reunion.ts';
import { StreamCopy } from './stream-copy.ts';
import { trimStream } from './trim-stream.ts';

/** Who a log is opened by. */
export interface StreamHost {
  readonly id: HostId;
  readonly info: HostInfo;
  /** `<HostId>.<random>`: a name that nobody ever had before, new at each start. */
  readonly sender: string;
  /** No other host can have anything of this stream: none is waited for when Redis lacks some of it. */
  readonly isAlone?: boolean;
  /** How many events stay in the stream at least, when it is trimmed; left out: `usualKeepEvents`. */
  readonly keepEvents?: number;
}

/** After so long at most this log knows that Redis is away, in ms. */
const noticedWithin = 2_000;

export class RedisEventLog implements EventLog {
  readonly isShared = true;
  readonly now = (): EpochMs => this.#stream.clock.now();
  readonly outages: Outages;
  readonly #stream: RedisStream;
  readonly #copy: SqliteEventLog;
  readonly #closing = new AbortController();
  readonly #away = new AwayState();
  readonly #presence: RedisPresence;
  readonly #shared: StreamCopy;
  readonly #reunion: Reunion;
  readonly #own: OwnAppends;
  readonly #keepEvents: number;
  /** What is done to the copy, one after the other. */
  #order: Promise<unknown> = Promise.resolve();
  /** What goes on by itself, until it is closed. */
  #running: Promise<unknown> = Promise.resolve();

  private constructor(stream: RedisStream, copy: SqliteEventLog, host: StreamHost, head: Seq) {
    this.#stream = stream;
    this.#copy = copy;
    this.#keepEvents = host.keepEvents ?? usualKeepEvents;
    this.#shared = new StreamCopy(stream, copy, head);
    this.#presence = new RedisPresence({
      stream,
      host: host.id,
      sender: host.sender,
      info: host.info,
      known: () => this.#shared.known,
      isAway: () => this.#isAway,
      lost: (error) => this.#goAway(error),
    });
    const parts = { stream, copy, shared: this.#shared, sender: host.sender };
    this.#reunion = new Reunion({
      ...{ ...parts, presence: this.#presence, away: this.#away },
      inOrder: (step) => this.#inOrder(step),
      closing: this.#closing.signal,
      closed: () => closed(stream.place),
    });
    this.#own = new OwnAppends({
      ...parts,
      epoch: () => this.#reunion.epoch,
      inOrder: (step) => this.#inOrder(step),
      lost: (error) => this.#goAway(error),
      awayFor: (batch) => this.#awayFor(batch),
    });
    const away = this.#away;
    this.outages = {
      get cause() {
        return away.cause;
      },
      gone: (signal) => this.#away.begun(signal),
      nextBatch: () => this.#own.nextBatch,
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
    const following = followStream(
      {
        stream,
        shared: log.#shared,
        isAway: () => log.#isAway,
        appendedAt: () => log.#own.lastAt,
        inOrder: (step) => log.#inOrder(step),
      },
      signal,
    );
    log.#running = Promise.all([following, log.#presence.beatOn(signal)]);
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
    return this.#own.append(batch);
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

  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.#copy.follow(after, signal, wants);
  }

  /** In the copy, and in Redis for hosts that are new to the company; not there when it is away, or goes meanwhile. */
  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const { seq, version } = snapshot;
    await this.#copy.saveSnapshot(snapshot);
    const chain = await this.#chainAt(seq);
    if (chain === null || this.#isAway) return;
    try {
      await this.#stream.snapshots.save(version, { seq, chain }, () => this.#copy.snapshotText(seq, version));
    } catch (error) {
      if (await this.#hasGone()) return;
      throw error;
    }
    await this.#trim();
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
    await this.#presence.leave();
    this.#closing.abort();
    this.#stream.close();
    await this.#running;
    await this.#order;
  }

  /** Behind the snapshot that was just kept, if the other hosts have one as well. @throws CoordError why it can't be done */
  async #trim(): Promise<void> {
    try {
      await trimStream({
        ...{ stream: this.#stream, copy: this.#copy, hosts: this.#presence.hosts() },
        ...{ now: this.now(), keep: this.#keepEvents },
      });
    } catch (error) {
      if (!this.#isAway && !this.#closing.signal.aborted) throw this.#stream.failure(error);
    }
  }

  get #isAway(): boolean {
    return this.#away.cause !== null;
  }

  /** The link of an event in the copy; null when it is not there. */
  async #chainAt(seq: Seq): Promise<string | null> {
    const [record] = await this.#copy.readRecords((seq - 1) as Seq, 1);
    return record?.seq === seq ? record.chain : null;
  }

  /** Whoever has a line of their own may notice it before this log does. */
  async #hasGone(): Promise<boolean> {
    const soon = AbortSignal.any([AbortSignal.timeout(noticedWithin), this.#closing.signal]);
    return this.outages.gone(soon).then(
      () => true,
      () => this.#closing.signal.aborted,
    );
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

  #inOrder<Result>(step: () => Promise<Result>): Promise<Result> {
    const done = this.#order.then(step);
    this.#order = done.catch(() => undefined);
    return done;
  }
}

function closed(place: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The log in Redis at ${place} is closed: its host is stopping. Whether what was asked last is written shows when it starts again`,
  );
}
