/** Makes what was committed to a database in WAL mode durable. */
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { CoordError } from '../../core/error.ts';

/**
 * Does for a database with `synchronous = NORMAL` what `FULL` does inside of each COMMIT: the write-ahead log is durable
 * before anybody is told of the commit. SQLite as it is built here calls `fsync` for that, which also writes the file's
 * times and takes three times as long on ext4; `fdatasync` writes all that is needed to read the bytes again. The order
 * of writes around a checkpoint stays SQLite's (https://sqlite.org/pragma.html#pragma_synchronous), and after a loss of
 * power it finds by the frames' checksums how far the log is whole (https://sqlite.org/walformat.html).
 */
export class WalSync {
  readonly #file: string;
  readonly #descriptor: number;
  #failed: CoordError | null = null;
  #running: Promise<void> = Promise.resolve();
  /** It begins when the one that runs is done; null: nobody has asked since. */
  #next: Promise<void> | null = null;

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
   * Everything that was committed is durable when it returns.
   * @throws CoordError `LOG_UNAVAILABLE` - the disk refused. Whether the commit lasts is not known, and a second try
   *   could succeed without having written anything, so there is none until the file is opened again
   */
  sync(): void {
    try {
      fdatasyncSync(this.#descriptor);
    } catch (error) {
      this.#failed = notDurable(this.#file, error);
      throw this.#failed;
    }
  }

  /**
   * Everything that is committed now is durable when it resolves, and others got their turn meanwhile. Whoever asks while
   * the disk is busy shares the next sync.
   * @throws CoordError as `sync`
   */
  soon(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      const done = this.#syncBeside();
      this.#running = done.catch(() => undefined);
      return done;
    });
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running;
    closeSync(this.#descriptor);
  }

  async #syncBeside(): Promise<void> {
    this.requireSound();
    try {
      await syncData(this.#descriptor);
    } catch (error) {
      this.#failed = notDurable(this.#file, error);
      throw this.#failed;
    }
  }
}

const syncData = promisify(fdatasync);

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
