/** When a plugin that ended may be started again: after a longer wait each time, and not for a while when it ends too often. */
import type { DurationMs, EpochMs } from '../core/units.ts';
import { addMs, minutes, seconds } from '../core/units.ts';

export interface BreakerPolicy {
  readonly firstWait: DurationMs;
  readonly longestWait: DurationMs;
  /** So many crashes within the window, and it rests until the window has passed. */
  readonly breakAfter: number;
  readonly window: DurationMs;
}

export const defaultBreaker: BreakerPolicy = {
  firstWait: seconds(1),
  longestWait: seconds(60),
  breakAfter: 5,
  window: minutes(10),
};

export class CrashBreaker {
  readonly #policy: BreakerPolicy;
  #crashes: EpochMs[] = [];
  /** Starts that failed one after the other, crashes or not. */
  #failures = 0;

  constructor(policy: BreakerPolicy = defaultBreaker) {
    this.#policy = policy;
  }

  /** @param isCrash its process ended; else it only could not open @returns how long to wait, and whether it rests */
  failed(now: EpochMs, isCrash: boolean): { readonly wait: DurationMs; readonly rests: boolean } {
    const { firstWait, longestWait, breakAfter, window } = this.#policy;
    this.#crashes = this.#crashes.filter((at) => addMs(at, window) > now);
    if (isCrash) this.#crashes.push(now);
    this.#failures += 1;
    if (isCrash && this.#crashes.length >= breakAfter) return { wait: window, rests: true };
    const wait = Math.min(firstWait * 2 ** Math.min(this.#failures - 1, 20), longestWait) as DurationMs;
    return { wait, rests: false };
  }

  opened(): void {
    this.#failures = 0;
  }
}
