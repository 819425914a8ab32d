/** Appends events to their table: one transaction, one fsync, each event linked to everything before it. */
import type { Database } from 'better-sqlite3';
import type { ChainLink } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import { nextLink } from '../chain.ts';
import type { Cells, EventColumns } from './event-cells.ts';
import { eventCells } from './event-cells.ts';
import { writeFailure } from './sqlite-errors.ts';
import { WalSync } from './wal-sync.ts';

export class AppendRows {
  readonly #database: Database;
  readonly #insertAll: (batches: readonly Cells[], last: ChainLink) => ChainLink[];
  readonly #wal: WalSync;
  #last: ChainLink;

  /** @param last of the log's events */
  constructor(database: Database, last: ChainLink) {
    this.#database = database;
    this.#last = last;
    this.#wal = new WalSync(database.name);
    const insert = database.prepare<[...EventColumns, chain: string]>(
      'INSERT INTO events (seq, at, actor, type, version, data, touches, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertAll = database.transaction((batches: readonly Cells[], last: ChainLink) => {
      let { chain } = last;
      return batches.map((cells) => {
        for (let at = 0; at < cells.length; at += eventCells) {
          const columns = cells.slice(at, at + eventCells) as unknown as EventColumns;
          const [seq, when, actor, , version, data] = columns;
          chain = nextLink(chain, { seq, at: when, actor, version, data });
          insert.run(...columns, chain);
        }
        return { seq: cells.at(-eventCells) as Seq, chain };
      });
    }).immediate;
  }

  /**
   * All of the batches or none; durable when it returns.
   * @returns the link of the last event of each
   * @throws CoordError `LOG_UNAVAILABLE`, `DATABASE_DAMAGED` - nothing was written, or nothing more can be
   */
  append(batches: readonly Cells[]): readonly ChainLink[] {
    this.#wal.requireSound();
    if (batches[0]?.[0] !== this.#last.seq + 1) throw builtOnNothing(this.#database.name);
    const links = this.#commit(batches);
    this.#wal.sync();
    this.#last = links.at(-1) ?? this.#last;
    return links;
  }

  close(): void {
    this.#wal.close();
  }

  #commit(batches: readonly Cells[]): ChainLink[] {
    try {
      return this.#insertAll(batches, this.#last);
    } catch (error) {
      throw writeFailure(this.#database.name, error);
    }
  }
}

/** It was placed after events that could not be written. */
function builtOnNothing(file: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Nothing was written: what came before it could not be written to ${file}`,
    { file },
  );
}
