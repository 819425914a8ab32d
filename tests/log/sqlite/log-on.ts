/** A log on a database that the test has opened, so that it can be made to fail. */
import type { Database } from 'better-sqlite3';
import { readLastLink } from '../../../src/log/sqlite/read-last-link.ts';
import { writeInPlace } from '../../../src/log/sqlite/row-writer.ts';
import { SqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';

export function logOn(database: Database): SqliteEventLog {
  const last = readLastLink(database);
  return new SqliteEventLog(database, last, writeInPlace(database, last));
}
