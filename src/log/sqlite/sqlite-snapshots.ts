/** The last two snapshots of a company, beside its events. */
import type { Database, Statement } from 'better-sqlite3';
import type { Snapshot } from '../../contract/event-log.ts';
import type { Seq } from '../../core/ids.ts';
import type { StateSnapshot } from '../../core/state.ts';
import { snapshotText } from '../snapshot-text.ts';
import { readFailure, writeFailure } from './sqlite-errors.ts';

interface SnapshotRow {
  readonly seq: Seq;
  readonly state: string;
}

export class SqliteSnapshots {
  readonly #database: Database;
  readonly #newest: Statement<[number], SnapshotRow>;
  readonly #keep: (seq: number, version: number, state: string) => void;

  constructor(database: Database) {
    this.#database = database;
    this.#newest = database.prepare(
      'SELECT seq, state FROM snapshots WHERE version = ? ORDER BY seq DESC LIMIT 2',
    );
    const insert = database.prepare(
      'INSERT OR REPLACE INTO snapshots (seq, version, state) VALUES (?, ?, ?)',
    );
    const forget = database.prepare(
      'DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT 2)',
    );
    this.#keep = database.transaction((seq: number, version: number, state: string) => {
      insert.run(seq, version, state);
      forget.run();
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
  load(version: number): Snapshot | null {
    for (const { seq, state } of this.#rows(version)) {
      try {
        return { seq, version, state: JSON.parse(state) as StateSnapshot };
      } catch {}
    }
    return null;
  }

  #rows(version: number): readonly SnapshotRow[] {
    try {
      return this.#newest.all(version);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }
}
