/** Writes for a log: in the thread that calls, or in one of its own so that nobody else waits for the disk. */
import type { Database } from 'better-sqlite3';
import type { ChainLink } from '../../contract/hash-chain.ts';
import { AppendRows } from './append-rows.ts';
import type { Cells } from './event-cells.ts';
import { prepareKeepSnapshot } from './keep-snapshot.ts';

/** What is asked of it is done one after the other, in the order of the calls. */
export interface RowWriter {
  /**
   * Appends all of the events or none, and resolves once they are durable.
   * @param cells of the events, one after the other
   * @returns the link of the last of them
   * @throws CoordError `LOG_UNAVAILABLE`, `DATABASE_DAMAGED` - nothing was written, nor is what was asked after it
   */
  append(cells: Cells): Promise<string>;
  /** @param state as JSON; @throws CoordError as `append` does */
  keepSnapshot(seq: number, version: number, state: string): Promise<void>;
  close(): Promise<void>;
}

/** Writes on the caller's own connection: whoever calls waits for the disk, and so does everybody else of its thread. */
export function writeInPlace(database: Database, last: ChainLink): RowWriter {
  const rows = new AppendRows(database, last);
  const keepSnapshot = prepareKeepSnapshot(database);
  return {
    append: async (cells) => rows.append([cells])[0]?.chain ?? last.chain,
    keepSnapshot: async (seq, version, state) => keepSnapshot(seq, version, state),
    close: async () => rows.close(),
  };
}
