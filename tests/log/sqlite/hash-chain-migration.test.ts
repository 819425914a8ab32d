/** A log that was written before there was a hash chain gets one when it is opened. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { LogRecord } from '../../../src/contract/hash-chain.ts';
import { firstLink, linkText } from '../../../src/contract/hash-chain.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
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
        const data = [JSON.stringify(event), JSON.stringify(touches)];
        insert.run(place + 1, at, actor, event.type, 1, ...data);
      }
    }
  })();
  database.close();
}

/** Those events as a program of that version had linked them, had it known the chain. */
function linked(): LogRecord[] {
  let chain = firstLink;
  return groups
    .flatMap(({ events }) => events)
    .map(({ at, actor, event }, place) => {
      const data = JSON.stringify(event);
      const record = { seq: place + 1, at, actor, version: 1, type: event.type, data };
      chain = sha256(linkText(chain, record));
      return { ...record, chain };
    });
}

it('fills the chain of an older file, as if it had been there from the start', async () => {
  const file = path.join(await temporaryFolder(), 'old.sqlite');
  writeOldLog(file);
  const upgraded = openSqliteEventLog(file);
  const expected = linked();
  const last = expected.at(-1);
  expect(await upgraded.readRecords(seq(0), count)).toEqual(expected);
  expect(await upgraded.lastLink()).toEqual({ seq: count, chain: last?.chain });

  await upgraded.append([group(count, released('next', 'goes on'))]);
  const [next] = await upgraded.readRecords(seq(count));
  expect(next).toMatchObject({ seq: count + 1, version: eventVersion });
  expect(next?.chain).toBe(next && sha256(linkText(last?.chain ?? '', next)));
  await upgraded.close();

  const database = new Database(file, { readonly: true });
  expect(readDatabaseVersion(database)).toBe(migrations.length);
  database.close();
});
