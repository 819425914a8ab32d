/** The log in SQLite keeps the contract, and what is its own: full disks, damaged files, newer files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { eventLogContract } from '../event-log-contract.ts';

eventLogContract('SQLite', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-log-'));
  return {
    open: async () => openSqliteEventLog(path.join(folder, 'log.sqlite')),
    persistent: true,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
