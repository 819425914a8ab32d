/** Whether Redis is away, why, and who waits to hear of it. */
import type { CoordError } from '../../core/error.ts';

export class AwayState {
  #cause: CoordError | null = null;
  /** Nothing was under way any more since it went away. */
  #isSettled = false;
  readonly #waiting = new Set<() => void>();

  /** Why it is away; null: it is there. */
  get cause(): CoordError | null {
    return this.#cause;
  }

  /** @param settled after which whoever waits is told */
  begin(cause: CoordError, settled: Promise<unknown>): void {
    this.#cause = cause;
    void settled.then(() => {
      this.#isSettled = this.#cause === cause;
      if (this.#isSettled) for (const tell of [...this.#waiting]) tell();
    });
  }

  end(): void {
    this.#cause = null;
    this.#isSettled = false;
  }

  /** Resolves when it is away, and what was under way is settled. Rejects with the reason of the signal. */
  async begun(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#isSettled) return;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        this.#waiting.delete(tell);
        signal.removeEventListener('abort', abort);
      };
      const tell = () => {
        done();
        resolve();
      };
      const abort = () => {
        done();
        reject(signal.reason);
      };
      this.#waiting.add(tell);
      signal.addEventListener('abort', abort);
    });
  }
}
