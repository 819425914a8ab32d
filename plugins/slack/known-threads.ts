/** Threads that people began by speaking to the app: what is written there later is meant for it, too. Kept over restarts. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const kept = 1_000;

export class KnownThreads {
  readonly #path: string;
  readonly #known: Set<string>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, known: readonly string[]) {
    this.#path = path;
    this.#known = new Set(known);
  }

  static async open(folder: string): Promise<KnownThreads> {
    const path = join(folder, 'threads.txt');
    const text = await readFile(path, 'utf8').catch(() => '');
    return new KnownThreads(
      path,
      text.split('\n').filter((line) => line !== ''),
    );
  }

  has(channel: string, thread: string): boolean {
    return this.#known.has(`${channel} ${thread}`);
  }

  add(channel: string, thread: string): void {
    const name = `${channel} ${thread}`;
    if (this.#known.has(name) || /\s/.test(channel + thread)) return;
    this.#known.add(name);
    const [oldest] = this.#known;
    if (this.#known.size > kept && oldest !== undefined) this.#known.delete(oldest);
    // Without it a thread is only asked about by name again.
    this.#writing = this.#writing.then(() => this.#write()).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#writing;
  }

  async #write(): Promise<void> {
    await writeFile(`${this.#path}.new`, `${[...this.#known].join('\n')}\n`, { mode: 0o600 });
    await rename(`${this.#path}.new`, this.#path);
  }
}
