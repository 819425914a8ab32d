/** Brings a log's database to the shape that this program knows, one migration at a time. */
import type { Database } from 'better-sqlite3';
import { eventsAndSnapshots } from './migrations/0001-events-and-snapshots.ts';
import { hashChain } from './migrations/0002-hash-chain.ts';
import { streamEntries } from './migrations/0003-stream-entries.ts';
import type { Migration } from './migrations/migration.ts';

/** Every migration, in order. A released one is never changed: the next shape is a new file. */
export const migrations: readonly Migration[] = [eventsAndSnapshots, hashChain, streamEntries];

/** The version that this program reads and writes. */
export const databaseVersion = migrations.length;

export function readDatabaseVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** Each migration is done wholly or not at all; a crash in between goes on from there at the next start. */
export function migrate(database: Database, wanted: readonly Migration[] = migrations): void {
  for (const { version, up } of wanted) {
    database
      .transaction(() => {
        if (readDatabaseVersion(database) >= version) return;
        up(database);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  }
}
