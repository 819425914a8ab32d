/** One timer that can be moved: it rings at the earliest instant that was asked for since it last rang. */
import type { EpochMs } from '../../core/units.ts';

/** The longest wait that a timer of Node takes, in ms. */
const longestTimer = 2 ** 31 - 1;

export class Alarm {
  readonly #ring: () => void;
  readonly #now: () => EpochMs;
  #at = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(ring: () => void, now: () => EpochMs) {
    this.#ring = ring;
    this.#now = now;
  }

  /** An instant that is later than one already asked for changes nothing. */
  setBy(at: EpochMs): void {
    if (at >= this.#at) return;
    this.clear();
    this.#at = at;
    const wait = Math.min(Math.max(0, at - this.#now()), longestTimer);
    this.#timer = setTimeout(() => {
      this.clear();
      this.#ring();
    }, wait);
    this.#timer.unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }
}
