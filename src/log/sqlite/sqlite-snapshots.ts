/** The snapshots of a company, beside its events. */
import type { Database, Statement } from 'better-sqlite3';
import type { Snapshot } from '../../contract/event-log.ts';
import type { Seq } from '../../core/ids.ts';
import type { StateSnapshot } from '../../core/state.ts';
import type { KeptSnapshot } from '../kept-snapshots.ts';
import { superfluous } from '../kept-snapshots.ts';
import { snapshotText } from '../snapshot-text.ts';
import { readFailure, writeFailure } from './sqlite-errors.ts';

interface SnapshotRow {
  readonly seq: Seq;
  readonly state: string;
}

export class SqliteSnapshots {
  readonly #database: Database;
  readonly #newest: Statement<[number, number], SnapshotRow>;
  readonly #keep: (seq: number, version: number, state: string) => void;

  constructor(database: Database) {
    this.#database = database;
    this.#newest = database.prepare(
      'SELECT seq, state FROM snapshots WHERE version = ? AND seq <= ? ORDER BY seq DESC LIMIT 2',
    );
    const insert = database.prepare(
      'INSERT OR REPLACE INTO snapshots (seq, version, state) VALUES (?, ?, ?)',
    );
    const kept = database.prepare<[], KeptSnapshot>(
      'SELECT seq, version, octet_length(state) AS bytes FROM snapshots',
    );
    const forget = database.prepare('DELETE FROM snapshots WHERE seq = ?');
    this.#keep = database.transaction((seq: number, version: number, state: string) => {
      insert.run(seq, version, state);
      for (const old of superfluous(kept.all())) forget.run(old);
    }).immediate;
  }

  async save({ seq, version, state }: Snapshot): Promise<void> {
    const text = await snapshotText(state);
    try {
      this.#keep(seq, version, text);
    } catch (error) {
      throw writeFailure(this.#database.name, error);
    }
  }

  /** One that can't be read is passed over: the events hold the same and more. */
  load(version: number, atMost: Seq = Number.MAX_SAFE_INTEGER as Seq): Snapshot | null {
    for (const { seq, state } of this.#rows(version, atMost)) {
      try {
        return { seq, version, state: JSON.parse(state) as StateSnapshot };
      } catch {}
    }
    return null;
  }

  #rows(version: number, atMost: Seq): readonly SnapshotRow[] {
    try {
      return this.#newest.all(version, atMost);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }
}
