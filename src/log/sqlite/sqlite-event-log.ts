/** The log of a company in one SQLite file: a batch is one transaction and one fsync. */
import type { Database, Statement } from 'better-sqlite3';
import type { EventGroup, EventLog, Snapshot } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { EntityKey } from '../../core/touches.ts';
import { EventFeed } from '../event-feed.ts';
import { placeBatch } from '../placement.ts';
import type { SqliteOptions } from './connection.ts';
import { openConnection } from './connection.ts';
import { cellsOf } from './event-cells.ts';
import type { EventRow } from './event-row.ts';
import { prepareRecords, readRows } from './event-row.ts';
import { readLastLink } from './read-last-link.ts';
import type { RowWriter } from './row-writer.ts';
import { writeInPlace } from './row-writer.ts';
import { SnapshotRecords } from './snapshot-records.ts';
import { readFailure } from './sqlite-errors.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';
import { startWriterThread } from './start-writer-thread.ts';

/** Opens the log in a file, or starts one there. @throws CoordError as `openConnection` does */
export function openSqliteEventLog(file: string, options: SqliteOptions = {}): SqliteEventLog {
  const database = openConnection(file, options);
  try {
    const last = readLastLink(database);
    const { writerProgram } = options;
    const writer = writerProgram
      ? startWriterThread(writerProgram, file, options)
      : writeInPlace(database, last);
    return new SqliteEventLog(database, last, writer);
  } catch (error) {
    database.close();
    throw readFailure(file, error);
  }
}

export class SqliteEventLog implements EventLog {
  readonly #database: Database;
  readonly #writer: RowWriter;
  readonly #snapshots: SqliteSnapshots;
  readonly #snapshotRecords: SnapshotRecords;
  readonly #feed: EventFeed;
  readonly #page: Statement<[number, number], EventRow>;
  readonly #records: Statement<[number, number], LogRecord>;
  readonly #touchesAfter: Statement<[number], string>;
  #last: ChainLink;
  /** Where the next batch is placed: after those that are being written. */
  #placed: Seq;
  readonly queues = true;
  #closing: Promise<void> | null = null;

  /**
   * It closes the database and the writer.
   * @param database as `openConnection` gives it; only read from here
   * @param last of its events
   * @param writer writes to the same file
   */
  constructor(database: Database, last: ChainLink, writer: RowWriter) {
    this.#database = database;
    this.#writer = writer;
    this.#last = last;
    this.#placed = last.seq;
    this.#snapshots = new SqliteSnapshots(database, writer);
    this.#snapshotRecords = new SnapshotRecords(database);
    this.#page = database.prepare(
      'SELECT seq, at, actor, version, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
    );
    this.#records = prepareRecords(database);
    this.#touchesAfter = database
      .prepare<[number], string>('SELECT touches FROM events WHERE seq > ? AND touches IS NOT NULL')
      .pluck();
    this.#feed = new EventFeed(this.#last.seq, (after, limit) => this.#read(after, limit));
  }

  async head(): Promise<Seq> {
    return this.#last.seq;
  }

  async lastLink(): Promise<ChainLink> {
    return this.#last;
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    this.#requireOpen();
    const { results, groups, head } = placeBatch(batch, this.#placed, (seq) => this.#changedAfter(seq));
    if (groups.length === 0) return results;
    this.#placed = head;
    try {
      const chain = await this.#writer.append(cellsOf(groups));
      this.#last = { seq: head, chain };
    } catch (error) {
      // What was placed after it is refused with it.
      this.#placed = this.#last.seq;
      throw error;
    }
    this.#feed.publish(groups.flatMap(({ events }) => events));
    return results;
  }

  async read(after: Seq, limit = 1_000): Promise<StoredEvent[]> {
    this.#requireOpen();
    return this.#read(after, limit);
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

  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#feed.follow(after, signal);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#requireOpen();
    await this.#snapshots.save(snapshot);
  }

  async loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    this.#requireOpen();
    return this.#snapshots.load(version, atMost);
  }

  /** What was appended before is written first. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#feed.close();
    await this.#writer.close();
    this.#database.close();
  }

  #changedAfter(seq: Seq): ReadonlySet<EntityKey> {
    const groups = this.#touchesAfter.all(seq);
    return new Set(groups.flatMap((touches) => JSON.parse(touches) as EntityKey[]));
  }

  #read(after: Seq, limit: number): StoredEvent[] {
    try {
      // What stands after the last is written, and perhaps not durable yet.
      const durable = Math.max(0, Math.min(limit, this.#last.seq - after));
      return readRows(this.#page.all(after, durable), after, this.#database.name);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  #requireOpen(): void {
    if (this.#closing === null) return;
    throw new CoordError('LOG_UNAVAILABLE', `The log ${this.#database.name} is closed: its host is stopping`);
  }
}
