/** The logs that the model test runs on, each behind the same door. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventLog } from '../../src/contract/event-log.ts';
import type { CompanyId } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { newName, openRedisLog } from '../log/redis/redis-place.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Where one log is kept; empty at first. */
export interface LogPlace {
  /** The log for one more coordinator, which closes it. Several may be open at once, and find what earlier ones wrote. */
  open(): Promise<EventLog>;
}

export const logPlaces: readonly (readonly [name: string, make: () => Promise<LogPlace>])[] = [
  [
    'SQLite',
    async () => {
      const file = path.join(await temporaryFolder(), 'log.sqlite');
      return shared(() => openSqliteEventLog(file));
    },
  ],
  [
    'Redis',
    async () => {
      const server = await startRedisServer();
      onTestFinished(() => server.stop());
      const companyId = newName('company') as CompanyId;
      return {
        open: async () => {
          const log = await openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId });
          return handleOn(log, () => log.close());
        },
      };
    },
  ],
  [
    'memory',
    async () => {
      const log = new MemoryEventLog();
      return { open: async () => handleOn(log, async () => undefined) };
    },
  ],
];

/** A file has one writer: coordinators that are open at once have it in common, and the last one closes it. */
function shared(openOne: () => EventLog): LogPlace {
  let log: EventLog | null = null;
  let users = 0;
  return {
    open: async () => {
      log ??= openOne();
      const current = log;
      users += 1;
      return handleOn(current, async () => {
        users -= 1;
        if (users > 0) return;
        log = null;
        await current.close();
      });
    },
  };
}

function handleOn(log: EventLog, close: () => Promise<void>): EventLog {
  return {
    // The model says when a host hears of the other one, and what time it is.
    isShared: false,
    now: null,
    presence: null,
    outages: null,
    head: () => log.head(),
    append: (batch) => log.append(batch),
    read: (after, limit) => log.read(after, limit),
    lastLink: () => log.lastLink(),
    readRecords: (after, limit) => log.readRecords(after, limit),
    snapshotSeqs: (version) => log.snapshotSeqs(version),
    snapshotText: (at, version) => log.snapshotText(at, version),
    follow: (after, signal) => log.follow(after, signal),
    saveSnapshot: (snapshot) => log.saveSnapshot(snapshot),
    loadSnapshot: (version, atMost) => log.loadSnapshot(version, atMost),
    close,
  };
}
