/** Redis's time as a host knows it between two answers: one clock for all hosts, whatever their own ones say. */
import type { EpochMs } from '../../core/units.ts';

/** Never goes back and is not set by anybody, in ms. */
export type Monotonic = () => number;

export class RedisClock {
  readonly #monotonic: Monotonic;
  /** From the monotonic clock to Redis's; null before the first answer. */
  #offset: number | null = null;
  /** The same, or less, never more: as the last answer proves. */
  #leastOffset: number | null = null;

  constructor(monotonic: Monotonic = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** To be kept until the answer comes. */
  get sentAt(): number {
    return this.#monotonic();
  }

  /**
   * An answer says what time it was somewhere between the question and now. What is believed changes only as far as that
   * proves it wrong, so that a slow answer does no harm.
   * @param at Redis's time, in whole ms
   */
  learn(sentAt: number, at: EpochMs): void {
    const [least, most] = [at - this.#monotonic(), at + 1 - sentAt];
    this.#leastOffset = least;
    this.#offset = this.#offset === null ? (least + most) / 2 : Math.min(Math.max(this.#offset, least), most);
  }

  /** In whole ms. Before the first answer it is what the host itself believes. */
  now(): EpochMs {
    if (this.#offset === null) return Date.now() as EpochMs;
    return Math.floor(this.#monotonic() + this.#offset) as EpochMs;
  }

  /** What time it is there at least, in whole ms; null before the first answer. */
  get atLeast(): EpochMs | null {
    if (this.#leastOffset === null) return null;
    return Math.floor(this.#monotonic() + this.#leastOffset) as EpochMs;
  }
}
