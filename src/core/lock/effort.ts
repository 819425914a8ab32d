/** How much work comparing scopes may be: whoever asks with hard ones is refused, and holds nobody up. */
import { CoordError } from '../error.ts';

/** Steps of well under 0.1 µs each: a look at one range of characters, or at one pair of segments. */
const maxSteps = 1_000_000;

export class Effort {
  readonly #max: number;
  #steps = 0;

  constructor(max = maxSteps) {
    this.#max = max;
  }

  get steps(): number {
    return this.#steps;
  }

  /** @throws CoordError `TOO_MANY_LOCKS` - the work is too much */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= this.#max) return;
    throw new CoordError(
      'TOO_MANY_LOCKS',
      'Can’t tell in a reasonable time whether these paths are locked: too many patterns with * are compared. ' +
        'Name plain paths or fewer patterns, or free locks that are not needed (`agentcoord locks`)',
    );
  }
}
