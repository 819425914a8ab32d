/** Whether Redis is away, why, and who waits to hear of it. */
import type { CoordError } from '../../core/error.ts';

export class AwayState {
  #cause: CoordError | null = null;
  /** Changes with each beginning and each end. */
  #outages = 0;
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
    this.#outages += 1;
    const outage = this.#outages;
    void settled.then(() => {
      this.#isSettled = this.#outages === outage;
      if (this.#isSettled) for (const tell of [...this.#waiting]) tell();
    });
  }

  /** What stands in the way now. */
  explain(cause: CoordError): void {
    if (this.#cause !== null) this.#cause = cause;
  }

  end(): void {
    this.#cause = null;
    this.#outages += 1;
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
