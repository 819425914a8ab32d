/** Keeps the files of a database for their owner's eyes: SQLite itself makes them readable for everybody. */
import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** SQLite gives the files that it makes beside a database the rights of the database. */
const companions = ['-wal', '-shm', '-journal'] as const;

/** Makes the file where it is missing, and takes from others the right to read it and what SQLite put beside it. */
export function keepPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  for (const each of [file, ...companions.map((ending) => file + ending)]) {
    try {
      if ((statSync(each).mode & 0o077) !== 0) chmodSync(each, 0o600);
    } catch {
      // It is not there, or its disk knows no rights.
    }
  }
}
