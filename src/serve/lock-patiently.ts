/** Takes the lock of a data directory, waiting for whoever has it only for a moment. */
import { setTimeout as pause } from 'node:timers/promises';
import { CoordError } from '../core/error.ts';
import type { DataDirLock } from '../log/sqlite/data-dir-lock.ts';
import { lockDataDir } from '../log/sqlite/data-dir-lock.ts';
import { readHostFile } from './host-file.ts';
import { sqliteOptions } from './installation.ts';

/** A command that works without a host is done long before, in ms. */
const patienceMs = 10_000;
const retryMs = 50;

/**
 * A host that listens stays: it is named at once. One that does not is a command that will be done in a moment.
 * @throws CoordError `DATA_DIR_IN_USE` - naming the host that has it; `DATA_DIR_UNUSABLE`
 */
export async function lockPatiently(dataDir: string, name: string): Promise<DataDirLock> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await lockDataDir(dataDir, { name, ...sqliteOptions });
    } catch (error) {
      const inUse = error instanceof CoordError && error.code === 'DATA_DIR_IN_USE';
      if (!inUse || (await readHostFile(dataDir)) || Date.now() > deadline) throw error;
      await pause(retryMs);
    }
  }
}
