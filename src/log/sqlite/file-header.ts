/** Reads the version of a database out of its file's header: unlike opening it, that leaves no file beside it. */
import { closeSync, openSync, readSync } from 'node:fs';

const magic = 'SQLite format 3\0';
/** Where SQLite keeps `user_version`: 4 bytes, big-endian. */
const versionOffset = 60;
const headerBytes = 100;

/**
 * 0 when the file is no database: whoever opens it finds out. Where a write-ahead log lies beside the file, the
 * version in there is the current one, and this one an earlier one.
 */
export function readHeaderVersion(file: string): number {
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1', 0, magic.length) === magic ? header.readUInt32BE(versionOffset) : 0;
}
