/**
 * Lets a few workers start at a time: a start takes a processor for a moment, and fifty at once are slow together and hold
 * the host up.
 */
import type { Launcher } from '../../contract/launcher.ts';
import type { DurationMs } from '../../core/units.ts';
import { seconds } from '../../core/units.ts';

/** Gives the turn back; once more does nothing. */
export type EndTurn = () => void;

/** One that hangs at its start holds up nobody for longer. */
const longestTurn: DurationMs = seconds(5);

/** One for all supervisors of a host: they share its processors. */
export class StartTurns {
  readonly #lines = new WeakMap<Launcher, Line>();
  readonly #longest: DurationMs;

  constructor(longest: DurationMs = longestTurn) {
    this.#longest = longest;
  }

  /** Resolves when the launcher bears one more start; whoever came first is first. */
  take(launcher: Launcher): Promise<EndTurn> {
    const { startsAtOnce = Number.POSITIVE_INFINITY } = launcher;
    let line = this.#lines.get(launcher);
    if (!line) {
      line = new Line(startsAtOnce, this.#longest);
      this.#lines.set(launcher, line);
    }
    return line.take();
  }
}

class Line {
  readonly #waiting: (() => void)[] = [];
  readonly #longest: DurationMs;
  #free: number;

  constructor(count: number, longest: DurationMs) {
    this.#free = count;
    this.#longest = longest;
  }

  async take(): Promise<EndTurn> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      // It goes to the next one as it is.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    };
    const timer = setTimeout(end, this.#longest).unref();
    return end;
  }
}
