/** Random bytes for ids, drawn many at a time: each draw is a call of the system. */
import { randomBytes } from 'node:crypto';

const drawnAtOnce = 4_096;

export class RandomBytes {
  #drawn: Uint8Array = new Uint8Array(0);
  #taken = 0;

  /** None of them is given out twice. @param count at most 4,096 */
  take(count: number): Uint8Array {
    if (this.#taken + count > this.#drawn.length) {
      this.#drawn = randomBytes(drawnAtOnce);
      this.#taken = 0;
    }
    this.#taken += count;
    return this.#drawn.subarray(this.#taken - count, this.#taken);
  }
}
