/** A file of lines that never holds half a line for long, never grows beyond its limit, and is on the disk when it says so. */
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface LineFileLimits {
  readonly maxBytes: number;
  /** Full files beside the one that is written: `.1` is the newest of them. */
  readonly keep: number;
}

const newline = 10;

export class LineFile {
  readonly #path: string;
  readonly #limits: LineFileLimits;
  #file: FileHandle;
  #size: number;

  private constructor(path: string, limits: LineFileLimits, file: FileHandle, size: number) {
    this.#path = path;
    this.#limits = limits;
    this.#file = file;
    this.#size = size;
  }

  /** What a killed process has left of a line is taken off the end: whoever wrote it writes it again. */
  static async open(path: string, limits: LineFileLimits): Promise<LineFile> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+', 0o600);
    try {
      const size = await endOfLastLine(file);
      await file.truncate(size);
      return new LineFile(path, limits, file, size);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @param line without a newline. Resolves once it is on the disk. */
  async append(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    if (this.#size > 0 && this.#size + bytes.length > this.#limits.maxBytes) await this.#rotate();
    try {
      await this.#file.appendFile(bytes);
      await this.#file.datasync();
    } catch (error) {
      // The disk is full, perhaps: a part of the line may be there.
      await this.#file.truncate(this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += bytes.length;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #rotate(): Promise<void> {
    const { keep } = this.#limits;
    await rm(`${this.#path}.${keep}`, { force: true });
    for (let n = keep - 1; n >= 1; n -= 1) {
      await rename(`${this.#path}.${n}`, `${this.#path}.${n + 1}`).catch(ignoreMissing);
    }
    // Again, perhaps: it may have failed after this the last time.
    await rename(this.#path, `${this.#path}.1`).catch(ignoreMissing);
    const full = this.#file;
    this.#file = await open(this.#path, 'a+', 0o600);
    this.#size = 0;
    await full.close();
  }
}

/** Where the last whole line ends: after its newline. */
async function endOfLastLine(file: FileHandle): Promise<number> {
  const piece = Buffer.alloc(64 * 1024);
  let { size: end } = await file.stat();
  while (end > 0) {
    const from = Math.max(0, end - piece.length);
    const { bytesRead } = await file.read(piece, 0, end - from, from);
    const found = piece.subarray(0, bytesRead).lastIndexOf(newline);
    if (found >= 0) return from + found + 1;
    end = from;
  }
  return 0;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
