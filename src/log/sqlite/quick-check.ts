/** What can be said of SQLite and of a log's file without opening it for writing. */
import Database from 'better-sqlite3';
import type { SqliteOptions } from './connection.ts';
import { connect } from './connection.ts';

/** As in `3.51.3`. @throws what keeps the addon from being loaded */
export function sqliteVersion(options: SqliteOptions = {}): string {
  // Not through `connect`, which makes the file of a log that is to be written.
  const database = new Database(':memory:', options.nativeBinding ? options : {});
  try {
    return String(database.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}

/** @returns what SQLite finds wrong with the file; null: nothing @throws when it can't be read at all */
export function quickCheck(file: string, options: SqliteOptions = {}): string | null {
  const database = connect(file, options, { readonly: true });
  try {
    const found = String(database.pragma('quick_check(1)', { simple: true }));
    return found === 'ok' ? null : found;
  } finally {
    database.close();
  }
}
