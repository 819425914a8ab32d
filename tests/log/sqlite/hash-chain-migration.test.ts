/** A log that was written before there was a hash chain gets one when it is opened. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { eventVersion } from '../../../src/core/event.ts';
import { migrate, migrations, readDatabaseVersion } from '../../../src/log/sqlite/migrate.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, released, seq } from '../log-events.ts';

/** Longer than a page of the migration. */
const count = 2_345;

const groups = Array.from({ length: count }, (_, n) => group(n, released(`t${n}`, `reason ${n}`)));

/** What version 1 of the program left behind. */
function writeOldLog(file: string): void {
  const database = new Database(file);
  database.pragma('application_id = 0x4167436f');
  migrate(database, migrations.slice(0, 1));
  const insert = database.prepare(
    'INSERT INTO events (seq, at, actor, type, version, data, touches) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.transaction(() => {
    for (const [place, { events, touches }] of groups.entries()) {
      for (const { at, actor, event } of events) {
        // In the version of today, as the log that it is held against: the chain covers it.
        const data = [JSON.stringify(event), JSON.stringify(touches)];
        insert.run(place + 1, at, actor, event.type, eventVersion, ...data);
      }
    }
  })();
  database.close();
}

it('fills the chain of an older file, as if it had been there from the start', async () => {
  const folder = await temporaryFolder();
  const old = path.join(folder, 'old.sqlite');
  writeOldLog(old);
  const upgraded = openSqliteEventLog(old);
  const fresh = openSqliteEventLog(path.join(folder, 'fresh.sqlite'));
  for (const one of groups) await fresh.append([one]);

  expect(await upgraded.lastLink()).toEqual(await fresh.lastLink());
  expect(await upgraded.readRecords(seq(0), count)).toEqual(await fresh.readRecords(seq(0), count));
  const next = group(count, released('next', 'goes on'));
  await Promise.all([upgraded.append([next]), fresh.append([next])]);
  expect(await upgraded.lastLink()).toEqual(await fresh.lastLink());
  await Promise.all([upgraded.close(), fresh.close()]);

  const database = new Database(old, { readonly: true });
  expect(readDatabaseVersion(database)).toBe(migrations.length);
  database.close();
});
