/** The log of a company in one SQLite file: a batch is one transaction and one fsync. */
import type { Database, Statement } from 'better-sqlite3';
import type { EventGroup, EventLog, Snapshot } from '../../contract/event-log.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { EntityKey } from '../../core/touches.ts';
import { EventFeed } from '../event-feed.ts';
import type { Placement } from '../placement.ts';
import { placeBatch } from '../placement.ts';
import type { SqliteOptions } from './connection.ts';
import { openConnection } from './connection.ts';
import type { EventRow } from './event-row.ts';
import { readRows } from './event-row.ts';
import { databaseDamaged, readFailure, writeFailure } from './sqlite-errors.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

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
  readonly #database: Database;
  readonly #snapshots: SqliteSnapshots;
  readonly #feed: EventFeed;
  readonly #insert: Statement<[number, number, string | null, string, number, string, string | null]>;
  readonly #page: Statement<[number, number], EventRow>;
  readonly #touchesAfter: Statement<[number], string>;
  readonly #write: (batch: readonly EventGroup[]) => Placement;
  #head: Seq;

  /** @param database as `openConnection` gives it; the log closes it */
  constructor(database: Database) {
    this.#database = database;
    this.#snapshots = new SqliteSnapshots(database);
    this.#insert = database.prepare(
      'INSERT INTO events (seq, at, actor, type, version, data, touches) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#page = database.prepare(
      'SELECT seq, at, actor, version, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
    );
    this.#touchesAfter = database
      .prepare<[number], string>('SELECT touches FROM events WHERE seq > ? AND touches IS NOT NULL')
      .pluck();
    this.#write = database.transaction((batch: readonly EventGroup[]) => this.#writeBatch(batch)).immediate;
    this.#head = this.#lastSeq();
    this.#feed = new EventFeed(this.#head, (after, limit) => this.#read(after, limit));
  }

  async head(): Promise<Seq> {
    return this.#head;
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    this.#requireOpen();
    const { results, groups, head } = this.#commit(batch);
    this.#head = head;
    this.#feed.publish(groups.flatMap((group) => group.events));
    return results;
  }

  async read(after: Seq, limit = 1_000): Promise<StoredEvent[]> {
    this.#requireOpen();
    return this.#read(after, limit);
  }

  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#feed.follow(after, signal);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    this.#requireOpen();
    await this.#snapshots.save(snapshot);
  }

  async loadSnapshot(version: number): Promise<Snapshot | null> {
    this.#requireOpen();
    return this.#snapshots.load(version);
  }

  async close(): Promise<void> {
    this.#feed.close();
    this.#database.close();
  }

  /** Resolves nothing later: when it returns, the batch is on the disk. */
  #commit(batch: readonly EventGroup[]): Placement {
    try {
      return this.#write(batch);
    } catch (error) {
      throw writeFailure(this.#database.name, error);
    }
  }

  #writeBatch(batch: readonly EventGroup[]): Placement {
    const placement = placeBatch(batch, this.#head, (seq) => this.#changedAfter(seq));
    for (const { events, touches } of placement.groups) {
      const last = events.at(-1);
      for (const stored of events) {
        const { seq, at, actor, version, event } = stored;
        const touched = stored === last ? JSON.stringify(touches) : null;
        this.#insert.run(seq, at, actor, event.type, version, JSON.stringify(event), touched);
      }
    }
    return placement;
  }

  #changedAfter(seq: Seq): ReadonlySet<EntityKey> {
    const groups = this.#touchesAfter.all(seq);
    return new Set(groups.flatMap((touches) => JSON.parse(touches) as EntityKey[]));
  }

  #read(after: Seq, limit: number): StoredEvent[] {
    try {
      return readRows(this.#page.all(after, limit), after, this.#database.name);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  #lastSeq(): Seq {
    const last = this.#database
      .prepare<[], { seq: Seq; touches: string | null }>(
        'SELECT seq, touches FROM events ORDER BY seq DESC LIMIT 1',
      )
      .get();
    if (last?.touches === null) {
      throw databaseDamaged(
        this.#database.name,
        `the events up to ${last.seq} end in the middle of a command`,
      );
    }
    return last?.seq ?? (0 as Seq);
  }

  #requireOpen(): void {
    if (this.#database.open) return;
    throw new CoordError('LOG_UNAVAILABLE', `The log ${this.#database.name} is closed: its host is stopping`);
  }
}
