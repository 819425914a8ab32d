/** A row of the events table, and the event that it holds. */
import type { Database, Statement } from 'better-sqlite3';
import type { LogRecord } from '../../contract/hash-chain.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { MemberId, Seq } from '../../core/ids.ts';
import { parseEvent } from '../../core/parse-event.ts';
import type { EpochMs } from '../../core/units.ts';
import { databaseDamaged } from './sqlite-errors.ts';

export interface EventRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string | null;
  readonly version: number;
  readonly data: string;
}

/** Finds what stands after a `seq`, at most so many. */
export function prepareRecords(database: Database): Statement<[number, number], LogRecord> {
  return database.prepare(
    'SELECT seq, at, actor, version, type, data, chain FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
}

/** Reads the text of an event that was written in some version. @throws SyntaxError */
type ReadEvent = (data: string, version: number) => CompanyEvent;

/** As it was written: an older one lacks what `parseEvent` fills in. */
export const asWritten: ReadEvent = (data) => JSON.parse(data);

/** @throws CoordError `DATABASE_DAMAGED` - an event is missing or unreadable */
export function readRows(
  rows: readonly EventRow[],
  after: Seq,
  file: string,
  read: ReadEvent = parseEvent,
): StoredEvent[] {
  return rows.map((row, place) => {
    const seq = (after + place + 1) as Seq;
    if (row.seq !== seq) throw databaseDamaged(file, `event ${seq} is missing`);
    return {
      seq,
      version: row.version,
      at: row.at as EpochMs,
      actor: row.actor as MemberId | null,
      event: eventIn(row, file, read),
    };
  });
}

function eventIn({ seq, version, data }: EventRow, file: string, read: ReadEvent): CompanyEvent {
  try {
    return read(data, version);
  } catch (error) {
    throw databaseDamaged(file, `event ${seq} can’t be read`, error);
  }
}
