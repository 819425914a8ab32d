/** Every migration runs once, wholly or not at all, and keeps what was there. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import {
  databaseVersion,
  migrate,
  migrations,
  readDatabaseVersion,
} from '../../../src/log/sqlite/migrate.ts';
import type { Migration } from '../../../src/log/sqlite/migrations/migration.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function emptyDatabase() {
  return new Database(path.join(await temporaryFolder(), 'log.sqlite'));
}

/** What a later release may add: a hash over each event, computed for those that are there. */
const addHashes: Migration = {
  version: databaseVersion + 1,
  up: (database) => {
    database.exec('ALTER TABLE events ADD COLUMN hash BLOB');
    database.exec("UPDATE events SET hash = CAST('h' || seq AS BLOB)");
  },
};

const insert = "INSERT INTO events VALUES (1, 0, NULL, 'tick', 1, '{}', '[]', 'c')";

describe('the migrations', () => {
  it('are numbered from 1 without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, place) => place + 1));
  });

  it('lead an empty file to the version of this program, and do nothing the second time', async () => {
    const database = await emptyDatabase();
    migrate(database);
    expect(readDatabaseVersion(database)).toBe(databaseVersion);
    const tables = () =>
      database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    const before = tables();
    expect(before).toMatchObject([{ name: 'events' }, { name: 'snapshots' }, { name: 'stream_entries' }]);
    migrate(database);
    expect(tables()).toEqual(before);
    database.close();
  });

  it('let a later one add a column to what was written before', async () => {
    const database = await emptyDatabase();
    migrate(database);
    database.exec(insert);
    migrate(database, [...migrations, addHashes]);
    expect(readDatabaseVersion(database)).toBe(databaseVersion + 1);
    expect(database.prepare('SELECT seq, CAST(hash AS TEXT) AS hash FROM events').all()).toEqual([
      { seq: 1, hash: 'h1' },
    ]);
    database.close();
  });

  it('leave everything as it was when one fails on the way', async () => {
    const database = await emptyDatabase();
    migrate(database);
    database.exec(insert);
    const failing: Migration = {
      version: databaseVersion + 1,
      up: (connection) => {
        addHashes.up(connection);
        throw new Error('the power went');
      },
    };
    expect(() => migrate(database, [...migrations, failing])).toThrow('the power went');
    expect(readDatabaseVersion(database)).toBe(databaseVersion);
    expect(database.prepare('SELECT * FROM events').all()).toEqual([
      { seq: 1, at: 0, actor: null, type: 'tick', version: 1, data: '{}', touches: '[]', chain: 'c' },
    ]);
    database.close();
  });
});
