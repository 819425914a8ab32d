/** Opens the database of a log: looks before it touches, then sets it up for durable writes. */
import { existsSync, statSync } from 'node:fs';
import type { Database as Connection } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { CoordError } from '../../core/error.ts';
import { readHeaderVersion } from './file-header.ts';
import { databaseVersion, migrate, readDatabaseVersion } from './migrate.ts';
import { keepPrivate } from './private-file.ts';
import { databaseDamaged, readFailure } from './sqlite-errors.ts';

export interface SqliteOptions {
  /** The addon to load instead of the one that better-sqlite3 ships: an older Electron needs its own. */
  readonly nativeBinding?: string | undefined;
}

/** Says in the file's header whose it is: `AgCo`. */
const applicationId = 0x4167436f;

/** Up to this size a file is checked at every start, in bytes: it takes some 50 ms. */
const alwaysChecked = 64 * 1024 * 1024;

/**
 * Pages of it that are kept in memory, in KiB. Events are appended and seldom read again, so more than the newest pages
 * gain nothing; better-sqlite3 would let it grow to 16 MiB, which looks like a leak for the first hour of a host.
 */
const cacheSize = 4_096;

/** Older ones can damage a database in WAL mode that several connections have open. */
const oldestSqlite = [3, 51, 3] as const;

/**
 * @throws CoordError `DATABASE_TOO_NEW` - a later program wrote it; the file is as it was
 * @throws CoordError `DATABASE_DAMAGED` - it is no database, not a log, or fails SQLite's check (of a large file: after a crash)
 * @throws CoordError `LOG_UNAVAILABLE` - it can't be opened
 */
export function openConnection(file: string, options: SqliteOptions = {}): Connection {
  try {
    if (existsSync(file)) look(file, options);
    const database = connect(file, options);
    try {
      setUp(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

export function connect(
  file: string,
  { nativeBinding }: SqliteOptions,
  mode: { readonly?: boolean } = {},
): Connection {
  if (!mode.readonly) keepPrivate(file);
  return new Database(file, { ...mode, timeout: 0, ...(nativeBinding && { nativeBinding }) });
}

/** Reads who wrote the file and whether it is whole, without the right to change it if it ever was a log. */
function look(file: string, options: SqliteOptions): void {
  const written = readHeaderVersion(file);
  if (written > databaseVersion) throw tooNew(file, written);
  // Before it is opened: SQLite makes a write-ahead log of its own at once.
  const check = isWorthChecking(file);
  // Whoever made the file died before it was a log: only who may write can take back what is half in it.
  const isHalfMade = existsSync(`${file}-journal`);
  const database = connect(file, options, { readonly: !isHalfMade });
  try {
    const version = readDatabaseVersion(database);
    if (version > databaseVersion) throw tooNew(file, version);
    if (version > 0 && database.pragma('application_id', { simple: true }) !== applicationId) {
      throw databaseDamaged(file, 'it is a database of some other program');
    }
    const verdict = check ? database.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (verdict !== 'ok') throw databaseDamaged(file, String(verdict));
  } finally {
    database.close();
  }
}

/**
 * The check reads every page. A large file that its last host closed in order is left to what reads it: every event
 * that is read is checked, and `verify` checks them all. After a crash SQLite leaves its write-ahead log behind.
 */
function isWorthChecking(file: string): boolean {
  return existsSync(`${file}-wal`) || statSync(file).size <= alwaysChecked;
}

function tooNew(file: string, version: number): CoordError {
  return new CoordError(
    'DATABASE_TOO_NEW',
    `The log ${file} was written by a newer AgentCoord (version ${version} of the database; this one knows ` +
      `${databaseVersion}). It was left as it is. Install the newer AgentCoord again, or use another data directory`,
    { file, version, known: databaseVersion },
  );
}

function setUp(database: Connection): void {
  requireSqlite(database);
  requireWal(database);
  // The order of writes around a checkpoint is SQLite's; a commit is made durable by `WalSync`, before it is acknowledged.
  database.pragma('synchronous = NORMAL');
  // On macOS an fsync alone leaves the bytes in the drive's cache.
  database.pragma('fullfsync = ON');
  database.pragma(`cache_size = -${cacheSize}`);
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  if (readDatabaseVersion(database) === 0) database.pragma(`application_id = ${applicationId}`);
  migrate(database);
}

function requireWal(database: Connection): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode === 'wal') return;
  throw new CoordError(
    'LOG_UNAVAILABLE',
    `The log ${database.name} can’t be kept there: its file system shares no memory between programs, as many network ` +
      'drives do. Use a data directory on a disk of this machine',
    { file: database.name, mode },
  );
}

function requireSqlite(database: Connection): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const rank = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 1_000 + part, 0);
  if (rank([major, minor, patch]) >= rank(oldestSqlite)) return;
  throw new CoordError(
    'LOG_UNAVAILABLE',
    `SQLite ${version} is too old for the log: it needs ${oldestSqlite.join('.')}. Reinstall better-sqlite3`,
    { version },
  );
}
