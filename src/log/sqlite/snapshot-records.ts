/** The kept snapshots as they stand in a log's file: nothing of them is read into a state, for whoever checks them. */
import type { Database, Statement } from 'better-sqlite3';
import type { Seq } from '../../core/ids.ts';
import { readFailure } from './sqlite-errors.ts';

export class SnapshotRecords {
  readonly #database: Database;
  readonly #seqs: Statement<[number], Seq>;
  readonly #text: Statement<[number, number], string>;

  constructor(database: Database) {
    this.#database = database;
    this.#seqs = database
      .prepare<[number], Seq>('SELECT seq FROM snapshots WHERE version = ? ORDER BY seq')
      .pluck();
    this.#text = database
      .prepare<[number, number], string>('SELECT state FROM snapshots WHERE seq = ? AND version = ?')
      .pluck();
  }

  seqs(version: number): readonly Seq[] {
    try {
      return this.#seqs.all(version);
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  text(seq: Seq, version: number): string | null {
    try {
      return this.#text.get(seq, version) ?? null;
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }
}
