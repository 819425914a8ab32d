/** Puts rows into the file of a log as an older program left them there. */
import type { LogRecord } from '../../src/contract/hash-chain.ts';
import { openConnection } from '../../src/log/sqlite/connection.ts';

/** A record, and beside the last event of a group what the group touches, in JSON. */
export type EventTableRow = LogRecord & { readonly touches: string | null };

export function writeRows(file: string, rows: readonly EventTableRow[]): void {
  const database = openConnection(file);
  const insert = database.prepare(
    `INSERT INTO events (seq, at, actor, type, version, data, touches, chain)
     VALUES (@seq, @at, @actor, @type, @version, @data, @touches, @chain)`,
  );
  for (const row of rows) insert.run(row);
  database.close();
}
