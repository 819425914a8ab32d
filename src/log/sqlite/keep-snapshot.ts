/** Keeps a snapshot beside the events, and lets go of those that are no longer needed. */
import type { Database } from 'better-sqlite3';
import type { KeptSnapshot } from '../kept-snapshots.ts';
import { superfluous } from '../kept-snapshots.ts';
import { writeFailure } from './sqlite-errors.ts';

/** @throws CoordError `LOG_UNAVAILABLE`, `DATABASE_DAMAGED` - nothing was written */
export type KeepSnapshot = (seq: number, version: number, state: string) => void;

export function prepareKeepSnapshot(database: Database): KeepSnapshot {
  const insert = database.prepare('INSERT OR REPLACE INTO snapshots (seq, version, state) VALUES (?, ?, ?)');
  const kept = database.prepare<[], KeptSnapshot>(
    'SELECT seq, version, octet_length(state) AS bytes FROM snapshots',
  );
  const forget = database.prepare('DELETE FROM snapshots WHERE seq = ?');
  const keep = database.transaction<KeepSnapshot>((seq, version, state) => {
    insert.run(seq, version, state);
    for (const old of superfluous(kept.all())) forget.run(old);
  }).immediate;
  return (seq, version, state) => {
    try {
      keep(seq, version, state);
    } catch (error) {
      throw writeFailure(database.name, error);
    }
  };
}
