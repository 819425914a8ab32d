/** Gives each event the link of the hash chain; those that are there already get theirs now. */
import type { Database } from 'better-sqlite3';
import { firstLink } from '../../../contract/hash-chain.ts';
import { nextLink } from '../../chain.ts';
import type { EventRow } from '../event-row.ts';
import type { Migration } from './migration.ts';

/** A log may be larger than the memory. */
const pageSize = 1_000;

export const hashChain: Migration = {
  version: 2,
  up: (database) => {
    // SHA-256 in hexadecimal over the link before it and the event.
    database.exec('ALTER TABLE events ADD COLUMN chain TEXT');
    linkAll(database);
  },
};

function linkAll(database: Database): void {
  const page = database.prepare<[number, number], EventRow>(
    'SELECT seq, at, actor, version, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const link = database.prepare('UPDATE events SET chain = ? WHERE seq = ?');
  let chain = firstLink;
  let last = 0;
  for (let rows = page.all(last, pageSize); rows.length > 0; rows = page.all(last, pageSize)) {
    for (const row of rows) {
      chain = nextLink(chain, row);
      link.run(chain, row.seq);
      last = row.seq;
    }
  }
}
