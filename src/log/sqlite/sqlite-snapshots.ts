/** The snapshots of a company, beside its events. */
import type { Database, Statement } from 'better-sqlite3';
import type { Snapshot } from '../../contract/event-log.ts';
import type { Seq } from '../../core/ids.ts';
import type { StateSnapshot } from '../../core/state.ts';
import { snapshotText } from '../snapshot-text.ts';
import type { RowWriter } from './row-writer.ts';
import { readFailure } from './sqlite-errors.ts';

interface SnapshotRow {
  readonly seq: Seq;
  readonly state: string;
}

export class SqliteSnapshots {
  readonly #database: Database;
  readonly #newest: Statement<[number, number], SnapshotRow>;
  readonly #writer: RowWriter;

  constructor(database: Database, writer: RowWriter) {
    this.#database = database;
    this.#writer = writer;
    this.#newest = database.prepare(
      'SELECT seq, state FROM snapshots WHERE version = ? AND seq <= ? ORDER BY seq DESC LIMIT 2',
    );
  }

  async save({ seq, version, state }: Snapshot): Promise<void> {
    await this.#writer.keepSnapshot(seq, version, await snapshotText(state));
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
