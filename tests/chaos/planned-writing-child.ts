/**
 * The program of the write-point test: puts the planned events in a log, with a snapshot and a checkpoint between them,
 * closes it, opens it again, and puts in as many again. It says the `seq` of what is acked.
 */
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { EventLog } from '../../src/contract/event-log.ts';
import type { Seq } from '../../src/core/ids.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { plannedBatches, snapshotVersion } from './planned-writes.ts';

const [file = ''] = process.argv.slice(2);

async function writeAll(more: (log: EventLog, batch: number, head: Seq) => Promise<void>): Promise<void> {
  const log = openSqliteEventLog(file);
  for (const [n, batch] of plannedBatches(await log.head()).entries()) {
    await log.append(batch);
    const head = await log.head();
    writeSync(1, `events ${head}\n`);
    await more(log, n, head);
  }
  await log.close();
}

await writeAll(async (log, batch, head) => {
  if (batch === 1) {
    await log.saveSnapshot({ seq: head, version: snapshotVersion, state: dumpState(emptyState()) });
    writeSync(1, `snapshot ${head}\n`);
  }
  if (batch === 2) checkpoint();
});
await writeAll(async () => undefined);

/** As SQLite does by itself every thousand pages. */
function checkpoint(): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
