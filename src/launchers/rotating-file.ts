/** A log file that never grows beyond its limit: the full one is kept beside it, the one before that is dropped. */
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export class RotatingFile {
  readonly #path: string;
  readonly #limit: number;
  #file: FileHandle;
  #size: number;
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

  /** Resolves when it is written. A disk that takes no more loses log lines, never the worker. */
  write(bytes: Uint8Array): Promise<void> {
    this.#last = this.#last.then(() => this.#append(bytes)).catch(() => undefined);
    return this.#last;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
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
