/** A company's time: it is never before its last event, however the clock of the machine stands. */
import type { EpochMs } from '../core/units.ts';

export class CompanyClock {
  readonly #base: () => EpochMs;
  #ahead = 0;

  /** @param base only goes on */
  constructor(base: () => EpochMs) {
    this.#base = base;
  }

  readonly now = (): EpochMs => (this.#base() + this.#ahead) as EpochMs;

  /** From now on it goes on from there, if it was behind. */
  notBefore(at: EpochMs): void {
    this.#ahead += Math.max(0, at - this.now());
  }
}
