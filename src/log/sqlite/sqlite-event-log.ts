/** The log of a company in one SQLite file: a batch is one transaction and one sync of the disk. */
import type { Database, Statement } from 'better-sqlite3';
import type { EventGroup, EventLog, Snapshot, WantsEvent } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { firstLink } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import { inShapeOfToday, parseEvent } from '../../core/parse-event.ts';
import type { EntityKey } from '../../core/touches.ts';
import { EventFeed } from '../event-feed.ts';
import type { PlacedGroup } from '../placement.ts';
import { placeBatch } from '../placement.ts';
import type { SqliteOptions } from './connection.ts';
import { openConnection } from './connection.ts';
import { EventInserts } from './event-inserts.ts';
import type { EventRow } from './event-row.ts';
import { asWritten, prepareRecords, readRows } from './event-row.ts';
import { SnapshotRecords } from './snapshot-records.ts';
import { databaseDamaged, readFailure, writeFailure } from './sqlite-errors.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';
import type { CopiedEntry } from './stream-entries.ts';
import { StreamEntries } from './stream-entries.ts';
import { WalSync } from './wal-sync.ts';

/** Opens the log in a file, or starts one there. @throws CoordError as `openConnection` does */
export function openSqliteEventLog(file: string, options: SqliteOptions = {}): SqliteEventLog {
  const database = openConnection(file, options);
  try {
    return new SqliteEventLog(database);
  } catch (error) {
    database.close();
    throw readFailure(file, error);
  }
}

export class SqliteEventLog implements EventLog {
  readonly isShared = false;
  readonly now = null;
  readonly presence = null;
  readonly outages = null;
  /** Of the stream that it is the copy of, if it is one. */
  readonly entries: StreamEntries;
  readonly #database: Database;
  readonly #wal: WalSync;
  readonly #snapshots: SqliteSnapshots;
  readonly #snapshotRecords: SnapshotRecords;
  readonly #feed: EventFeed;
  readonly #page: Statement<[number, number], EventRow>;
  readonly #records: Statement<[number, number], LogRecord>;
  readonly #touchesAfter: Statement<[number], string>;
  readonly #groupEnds: Statement<[number, number], { seq: number; touches: string }>;
  readonly #insertAll: (
    groups: readonly PlacedGroup[],
    entries: readonly CopiedEntry[],
    previous: string,
    link: string | null,
  ) => string;
  #last: ChainLink;

  /** @param database as `openConnection` gives it; the log closes it */
  constructor(database: Database) {
    this.#database = database;
    this.entries = new StreamEntries(database);
    this.#snapshots = new SqliteSnapshots(database);
    this.#snapshotRecords = new SnapshotRecords(database);
    this.#page = database.prepare(
      'SELECT seq, at, actor, version, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
    );
    this.#records = prepareRecords(database);
    this.#touchesAfter = database
      .prepare<[number], string>('SELECT touches FROM events WHERE seq > ? AND touches IS NOT NULL')
      .pluck();
    this.#groupEnds = database.prepare(
      'SELECT seq, touches FROM events WHERE seq > ? AND touches IS NOT NULL ORDER BY seq LIMIT ?',
    );
    const inserts = new EventInserts(database);
    this.#insertAll = database.transaction(
      (
        groups: readonly PlacedGroup[],
        entries: readonly CopiedEntry[],
        previous: string,
        link: string | null,
      ) => {
        for (const entry of entries) this.entries.insert(entry);
        const chain = inserts.insert(groups, previous);
        if (link !== null && link !== chain) throw otherEvents(groups.at(-1)?.events.at(-1)?.seq);
        return chain;
      },
    ).immediate;
    this.#last = this.#readLast();
    this.#wal = new WalSync(database.name);
    this.#feed = new EventFeed(this.#last.seq, (after, limit) => this.#read(after, limit));
  }

  async head(): Promise<Seq> {
    return this.#last.seq;
  }

  /**
   * The groups of events after a `seq` that ends one, as they were written, oldest first, at most `limit`.
   * @throws CoordError as `read` does
   */
  readGroups(after: Seq, limit: number): PlacedGroup[] {
    this.#requireOpen();
    const ends = this.#groupEnds.all(after, limit);
    const last = ends.at(-1);
    if (!last) return [];
    const texts = this.#page.all(after, last.seq - after).map(({ data }) => data);
    const events = this.#read(after, last.seq - after, asWritten);
    let from = 0;
    return ends.map(({ seq, touches }) => {
      const own = [from, seq - after] as const;
      from = seq - after;
      return {
        events: events.slice(...own),
        texts: texts.slice(...own),
        touches: JSON.parse(touches) as EntityKey[],
      };
    });
  }

  async lastLink(): Promise<ChainLink> {
    return this.#last;
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    this.#requireOpen();
    this.#wal.requireSound();
    const { results, groups } = placeBatch(batch, this.#last.seq, (seq) => this.#changedAfter(seq));
    const last = groups.at(-1)?.events.at(-1);
    if (!last) return results;
    const chain = this.#commit(groups, []);
    this.#wal.sync();
    this.#last = { seq: last.seq, chain };
    this.#feed.publish(groups.flatMap(({ events }) => events));
    return results;
  }

  /**
   * Takes over groups that another log has numbered, of which this one is the copy: durable once `synced` resolves. Their
   * text stays as it was written, in whatever version, for the chain is over that.
   * @param entries that they came in
   * @param link that the last of them must get; null: it is not known
   * @throws CoordError `DATABASE_DAMAGED` - they do not go on where this one ends, or get another link; nothing was taken
   *   over then. `LOG_UNAVAILABLE` as `append`
   */
  mirror(groups: readonly PlacedGroup[], entries: readonly CopiedEntry[], link: string | null = null): void {
    this.#requireOpen();
    this.#wal.requireSound();
    const next = groups[0]?.events[0]?.seq ?? null;
    if (next !== null && next !== this.#last.seq + 1) {
      throw databaseDamaged(
        this.#database.name,
        `it ends at event ${this.#last.seq}, and its copy goes on with ${next}`,
      );
    }
    const last = groups.at(-1)?.events.at(-1);
    if (!last) return;
    this.#last = { seq: last.seq, chain: this.#commit(groups, entries, link) };
    this.#feed.publish(groups.flatMap(({ events }) => events.map(inToday)));
  }

  /** All that was taken over by now is durable when it resolves. @throws CoordError `LOG_UNAVAILABLE` - the disk refused */
  synced(): Promise<void> {
    return this.#wal.soon();
  }

  /** What was written lately is at hand as it was published. */
  async read(after: Seq, limit = 1_000): Promise<StoredEvent[]> {
    this.#requireOpen();
    return this.#feed.lately(after, limit) ?? this.#read(after, limit);
  }

  async readRecords(after: Seq, limit = 1_000): Promise<readonly LogRecord[]> {
    this.#requireOpen();
    try {
      return this.#records.all(after, limit);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  async snapshotSeqs(version: number): Promise<readonly Seq[]> {
    this.#requireOpen();
    return this.#snapshotRecords.seqs(version);
  }

  async snapshotText(seq: Seq, version: number): Promise<string | null> {
    this.#requireOpen();
    return this.#snapshotRecords.text(seq, version);
  }

  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.#feed.follow(after, signal, wants);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#requireOpen();
    await this.#snapshots.save(snapshot);
  }

  async loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    this.#requireOpen();
    return this.#snapshots.load(version, atMost);
  }

  async close(): Promise<void> {
    this.#feed.close();
    if (!this.#database.open) return;
    await this.#wal.close();
    this.#database.close();
  }

  /** @returns the link of the last event; it is not durable yet */
  #commit(
    groups: readonly PlacedGroup[],
    entries: readonly CopiedEntry[],
    link: string | null = null,
  ): string {
    try {
      return this.#insertAll(groups, entries, this.#last.chain, link);
    } catch (error) {
      throw writeFailure(this.#database.name, error);
    }
  }

  #changedAfter(seq: Seq): ReadonlySet<EntityKey> {
    const groups = this.#touchesAfter.all(seq);
    return new Set(groups.flatMap((touches) => JSON.parse(touches) as EntityKey[]));
  }

  #read(after: Seq, limit: number, read = parseEvent): StoredEvent[] {
    try {
      return readRows(this.#page.all(after, limit), after, this.#database.name, read);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  #readLast(): ChainLink {
    const last = this.#database
      .prepare<[], { seq: Seq; touches: string | null; chain: string | null }>(
        'SELECT seq, touches, chain FROM events ORDER BY seq DESC LIMIT 1',
      )
      .get();
    if (last?.touches === null) {
      throw databaseDamaged(
        this.#database.name,
        `the events up to ${last.seq} end in the middle of a command`,
      );
    }
    // A link that somebody has taken out is no reason to stop: `verify` says where the chain is broken.
    return { seq: last?.seq ?? (0 as Seq), chain: last?.chain ?? firstLink };
  }

  #requireOpen(): void {
    if (this.#database.open) return;
    throw new CoordError('LOG_UNAVAILABLE', `The log ${this.#database.name} is closed: its host is stopping`);
  }
}

function otherEvents(seq: Seq | undefined): CoordError {
  return new CoordError(
    'DATABASE_DAMAGED',
    `What is to be copied up to event ${seq} is not what was archived there: somebody changed it since. Nothing was changed ` +
      'here. Put a backup of Redis in its place, or start from the data directory of a host that has these events',
    { seq },
  );
}

/** @param stored as it was written */
function inToday(stored: StoredEvent): StoredEvent {
  const event = inShapeOfToday(stored.event, stored.version);
  return event === stored.event ? stored : { ...stored, event };
}
