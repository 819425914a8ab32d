/** The time that a run may take. It stands still while the agent waits for people. */
import type { DurationMs } from '../../core/units.ts';

/** Node’s timers take no more. */
const longestTimer = 2 ** 31 - 1;

export class RunClock {
  readonly #onOver: () => void;
  #left: number;
  #since = 0;
  #waits = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(timeout: DurationMs, onOver: () => void) {
    this.#left = timeout;
    this.#onOver = onOver;
    this.#go();
  }

  /** While it waits, however often at once, no time goes by. */
  async standingStill<Result>(wait: () => Promise<Result>): Promise<Result> {
    this.#waits += 1;
    if (this.#waits === 1) this.#halt();
    try {
      return await wait();
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#go();
    }
  }

  /** For good. */
  stop(): void {
    this.#waits += 1;
    this.#halt();
  }

  #go(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(this.#onOver, Math.min(Math.max(0, this.#left), longestTimer));
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#left -= performance.now() - this.#since;
  }
}
