/** A company's time: it is never before its last event, however the clock of the machine stands. */
import type { EpochMs } from '../core/units.ts';

export class CompanyClock {
  readonly #base: () => EpochMs;
  readonly #isCommon: boolean;
  #last = 0;
  #ahead = 0;

  /**
   * @param base only goes on
   * @param isCommon all hosts of the company go by it: what is ahead of it is so by a moment, and is waited for. The clock
   *   of one machine may have been set back by years since: then time goes on from the last event.
   */
  constructor(base: () => EpochMs, isCommon = false) {
    this.#base = base;
    this.#isCommon = isCommon;
  }

  readonly now = (): EpochMs => Math.max(this.#base() + this.#ahead, this.#last) as EpochMs;

  notBefore(at: EpochMs): void {
    if (this.#isCommon) this.#last = Math.max(this.#last, at);
    else this.#ahead += Math.max(0, at - this.now());
  }
}
