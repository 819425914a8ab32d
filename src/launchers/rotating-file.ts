/** A log file that never grows beyond its limit: the full one is kept beside it, the one before that is dropped. */
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Lines that come within this, in ms, are written together: each write costs the host as much as a page of text. */
const together = 100;
/** Whoever writes faster than the disk waits from here on, in bytes. */
const mostWaiting = 64 * 1024;

export class RotatingFile {
  readonly #path: string;
  readonly #limit: number;
  #file: FileHandle;
  #size: number;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Writes happen one after the other, in the order of the calls. */
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, limit: number, file: FileHandle, size: number) {
    this.#path = path;
    this.#limit = limit;
    this.#file = file;
    this.#size = size;
  }

  /** Goes on at the end of the file. @param limit in bytes; the whole takes at most twice as much */
  static async open(path: string, limit: number): Promise<RotatingFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    const { size } = await file.stat();
    return new RotatingFile(path, limit, file, size);
  }

  /** Resolves when there is room for more. A disk that takes no more loses log lines, never the worker. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= mostWaiting) await this.#flush();
    else this.#timer ??= setTimeout(() => void this.#flush(), together);
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#file.close();
  }

  /** Resolves when all is written that was given until now. */
  #flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting.splice(0);
    this.#waitingBytes = 0;
    if (waiting.length > 0) {
      const bytes = waiting.length === 1 ? (waiting[0] as Uint8Array) : Buffer.concat(waiting);
      this.#last = this.#last.then(() => this.#appendAll(bytes)).catch(() => undefined);
    }
    return this.#last;
  }

  /** What came together may be more than a file takes. */
  async #appendAll(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += this.#limit) {
      await this.#append(bytes.subarray(from, from + this.#limit));
    }
  }

  async #append(bytes: Uint8Array): Promise<void> {
    if (this.#size > 0 && this.#size + bytes.length > this.#limit) await this.#rotate();
    await this.#file.write(bytes);
    this.#size += bytes.length;
  }

  async #rotate(): Promise<void> {
    await this.#file.close();
    await rename(this.#path, `${this.#path}.1`);
    this.#file = await open(this.#path, 'a', 0o600);
    this.#size = 0;
  }
}
