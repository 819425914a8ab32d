/** Makes what was committed to a database in WAL mode durable. */
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { CoordError } from '../../core/error.ts';

/** More at once gain nothing, and take threads from others. */
const atOnce = 2;

/**
 * Does for a database with `synchronous = NORMAL` what `FULL` does inside of each COMMIT: the write-ahead log is durable
 * before anybody is told of the commit. SQLite as it is built here calls `fsync` for that, which also writes the file's
 * times and takes three times as long on ext4; `fdatasync` writes all that is needed to read the bytes again. The order
 * of writes around a checkpoint stays SQLite's (https://sqlite.org/pragma.html#pragma_synchronous), and after a loss of
 * power it finds by the frames' checksums how far the log is whole (https://sqlite.org/walformat.html).
 */
export class WalSync {
  readonly #file: string;
  /** One for each sync that may run beside others: each hears of a fault of the disk by its own, and only once. */
  readonly #descriptors: readonly number[];
  readonly #free: number[];
  #failed: CoordError | null = null;
  readonly #running = new Set<Promise<void>>();
  /** It begins when one that runs is done; null: nobody has asked since. */
  #next: Promise<void> | null = null;

  /** @param file of a database that is open in WAL mode, so that its write-ahead log is there until it is closed */
  constructor(file: string) {
    this.#file = file;
    this.#descriptors = Array.from({ length: atOnce }, () => openSync(`${file}-wal`, 'r+'));
    this.#free = [...this.#descriptors];
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
      fdatasyncSync(this.#descriptors[0] ?? -1);
    } catch (error) {
      this.#failed = notDurable(this.#file, error);
      throw this.#failed;
    }
  }

  /**
   * Everything that is committed now is durable when it resolves, and others got their turn meanwhile. Two run at once:
   * the disk flushes for both in the time that it takes for one. Whoever asks while they do shares the next.
   * @throws CoordError as `sync`
   */
  soon(): Promise<void> {
    this.#next ??= this.#whenOneIsFree().then((descriptor) => {
      this.#next = null;
      const done = this.#syncBeside(descriptor).finally(() => {
        this.#free.push(descriptor);
        this.#running.delete(done);
      });
      this.#running.add(done);
      return done;
    });
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await Promise.allSettled(this.#running);
    for (const descriptor of this.#descriptors) closeSync(descriptor);
  }

  async #whenOneIsFree(): Promise<number> {
    for (;;) {
      const descriptor = this.#free.pop();
      if (descriptor !== undefined) return descriptor;
      await Promise.race(this.#running).catch(() => undefined);
    }
  }

  async #syncBeside(descriptor: number): Promise<void> {
    this.requireSound();
    try {
      await syncData(descriptor);
    } catch (error) {
      this.#failed = notDurable(this.#file, error);
    }
    // Another one may have failed meanwhile: what it did not keep may be before this.
    this.requireSound();
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
