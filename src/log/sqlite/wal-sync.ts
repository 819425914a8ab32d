/** Makes what was committed to a database durable beside the thread that committed it, which goes on meanwhile. */
import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { CoordError } from '../../core/error.ts';

const sync = promisify(fdatasync);

/**
 * Does for a database in WAL mode with `synchronous = NORMAL` what `FULL` does inside of each COMMIT: it makes the
 * write-ahead log durable before anybody is told of the commit. SQLite itself keeps the order of writes around a
 * checkpoint, and finds by the frames' checksums how far the log is whole (https://sqlite.org/wal.html, 2.2 and 4).
 */
export class WalSync {
  readonly #file: string;
  readonly #descriptor: number;
  #failed: CoordError | null = null;

  /** @param file of a database that is open in WAL mode, so that its write-ahead log is there until it is closed */
  constructor(file: string) {
    this.#file = file;
    this.#descriptor = openSync(`${file}-wal`, 'r+');
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - an earlier commit may not last; nothing can be built on it */
  requireSound(): void {
    if (this.#failed) throw this.#failed;
  }

  /**
   * Resolves once everything that was committed before the call is durable.
   * @throws CoordError `LOG_UNAVAILABLE` - the disk refused. Whether the commit lasts is not known, and a second try
   *   could succeed without having written anything, so there is none until the file is opened again
   */
  async afterCommit(): Promise<void> {
    this.requireSound();
    try {
      await sync(this.#descriptor);
    } catch (error) {
      this.#failed = notDurable(this.#file, error);
      throw this.#failed;
    }
  }

  /** Nothing may be syncing. */
  close(): void {
    closeSync(this.#descriptor);
  }
}

function notDurable(file: string, error: unknown): CoordError {
  const why = error instanceof Error ? error.message : String(error);
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The disk did not keep what was written to ${file} (${why}). What was acknowledged before is safe. ` +
      'Check the disk, then start the host again',
    { file },
    { cause: error },
  );
}
