/** Lets one host at a time use a data directory: an OS lock that the kernel takes back when the host dies. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CoordError } from '../../core/error.ts';
import type { SqliteOptions } from './connection.ts';
import { connect } from './connection.ts';
import { cannotWrite, prepareDataDir, unusable } from './data-dir.ts';
import { sqliteCode } from './sqlite-errors.ts';

/** What a host says of itself in `host.json`, for whoever finds the directory locked. */
const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** What kind of host it is: `agentcoord serve`. */
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});

export type LockHolder = z.infer<typeof holderSchema>;

export interface DataDirLock {
  readonly holder: LockHolder;
  /** Lets the next host in. @throws CoordError `DATA_DIR_UNUSABLE` - it does so, but `host.json` is left behind */
  release(): Promise<void>;
}

export interface LockOptions extends SqliteOptions {
  /** What kind of host asks, for people who meet its lock. */
  readonly name: string;
}

const holderFile = (dataDir: string): string => path.join(dataDir, 'host.json');

/**
 * Makes the directory where it is missing, locks it, and writes into `host.json` who holds it; the host may add
 * to that file where it listens. SQLite takes the lock, as it knows how on every platform; no data is in `host.lock`.
 * @throws CoordError `DATA_DIR_IN_USE` - naming the host that has it
 * @throws CoordError `DATA_DIR_UNUSABLE` - what is in the way
 */
export async function lockDataDir(dataDir: string, { name, ...options }: LockOptions): Promise<DataDirLock> {
  await prepareDataDir(dataDir);
  const database = openLocked(dataDir, options) ?? (await refuseSecond(dataDir));
  const holder: LockHolder = { pid: process.pid, name, startedAt: new Date().toISOString() };
  try {
    await writeFile(holderFile(dataDir), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch (error) {
    database.close();
    throw cannotWrite(dataDir, error);
  }
  return {
    holder,
    release: async () => {
      if (!database.open) return;
      try {
        await rm(holderFile(dataDir), { force: true });
      } catch (error) {
        throw cannotWrite(dataDir, error);
      } finally {
        database.close();
      }
    },
  };
}

/** Null when another connection has it locked. */
function openLocked(dataDir: string, options: SqliteOptions): Database | null {
  let database: Database | null = null;
  try {
    database = connect(path.join(dataDir, 'host.lock'), options);
    // Without a journal file nothing but the lock itself is left behind by a host that was killed.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) return null;
    throw unusable(
      dataDir,
      `host.lock can’t be locked (${error instanceof Error ? error.message : error})`,
      error,
    );
  }
}

async function refuseSecond(dataDir: string): Promise<never> {
  const holder = await readHolder(dataDir);
  const who = holder
    ? `by ${holder.name} (process ${holder.pid}, since ${holder.startedAt})`
    : 'by another host that is just starting or stopping';
  throw new CoordError(
    'DATA_DIR_IN_USE',
    `The data directory ${dataDir} is in use ${who}. Use that one, stop it first, or name another directory ` +
      'with --data-dir or AGENTCOORD_DATA_DIR',
    { dataDir, ...holder },
  );
}

/** Null when the file is missing or is being written. */
async function readHolder(dataDir: string): Promise<LockHolder | null> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(holderFile(dataDir), 'utf8')));
  } catch {
    return null;
  }
}
