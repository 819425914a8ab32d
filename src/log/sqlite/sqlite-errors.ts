/** Turns what SQLite says into a refusal that tells a person what to do. */
import { CoordError } from '../../core/error.ts';

const damagedCodes = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** The code of SQLite's own error, such as `SQLITE_FULL`; null for any other error. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}

export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return damagedCodes.some((damaged) => code === damaged || code?.startsWith(`${damaged}_`));
}

/** @param what is wrong, as the end of a sentence: `event 17 is missing` */
export function databaseDamaged(file: string, what: string, cause?: unknown): CoordError {
  return new CoordError(
    'DATABASE_DAMAGED',
    `The log ${file} is damaged: ${what}. Nothing was changed. ` +
      'Stop the host, keep a copy of the file, and put a backup of the company’s folder in its place',
    { file },
    { cause },
  );
}

/** For a failure to write: nothing of the batch is there, and the next one may succeed. */
export function writeFailure(file: string, error: unknown): CoordError {
  if (error instanceof CoordError) return error;
  if (isDamage(error)) return databaseDamaged(file, messageOf(error), error);
  if (isFull(error)) return noRoom(file, error);
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Nothing was written: ${file} can’t be written (${messageOf(error)}). Check the disk, then try again`,
    { file, reason: sqliteCode(error) },
    { cause: error },
  );
}

/** For a failure to open or to read. SQLite writes when it opens a log: a new one, and after a crash. */
export function readFailure(file: string, error: unknown): CoordError {
  if (error instanceof CoordError) return error;
  if (isDamage(error)) return databaseDamaged(file, messageOf(error), error);
  if (isFull(error)) return noRoom(file, error);
  return new CoordError(
    'LOG_UNAVAILABLE',
    `${file} can’t be read (${messageOf(error)}). Check the disk and the file’s permissions, then try again`,
    { file, reason: sqliteCode(error) },
    { cause: error },
  );
}

function isFull(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE';
}

function noRoom(file: string, cause: unknown): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Nothing was written: there is no room left for ${file}. Free some space on that disk, then try again`,
    { file, reason: sqliteCode(cause) },
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
