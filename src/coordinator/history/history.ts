/** The past of a company: its state at any moment, folded from the nearest snapshot; a few of them are kept at hand. */
import type { EventLog } from '../../contract/event-log.ts';
import type { Moment } from '../../contract/moment.ts';
import type { Seq } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Instant } from './find-moment.ts';
import { findMoment } from './find-moment.ts';
import type { Visit } from './past-state.ts';
import { PastState } from './past-state.ts';

/** States at hand, at most. */
const mostStates = 3;
/** Rows of all states at hand, at most; one state is kept however large it is. */
const mostRows = 200_000;
/** A state at hand is preferred to a snapshot when it is so many events away, at most. */
const near = 5_000;
/** States that nobody has asked for so long are dropped, in ms. */
const idleAfter = 60_000;

export interface HistoryOptions {
  readonly log: EventLog;
  readonly now: () => EpochMs;
}

export class History {
  readonly #log: EventLog;
  readonly now: () => EpochMs;
  /** The one that was used last comes last. */
  #states: PastState[] = [];
  /** One after the other: each may move the state that the next one starts from. */
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | null = null;

  constructor({ log, now }: HistoryOptions) {
    this.#log = log;
    this.now = now;
  }

  /** @throws CoordError `NO_SUCH_MOMENT` - it is in the future, or before the company */
  find(moment: Moment): Promise<Instant> {
    return findMoment(this.#log, moment, this.now());
  }

  /** Looks at the state right after an event. The view must not change it, nor keep it for later. */
  read<View>(seq: Seq, view: (state: CompanyState) => View): Promise<View> {
    return this.#from(seq, async ({ state }) => view(state));
  }

  /** Folds from one event to another, both included, and shows each of them on the way. */
  walk(from: Seq, to: Seq, visit: Visit): Promise<void> {
    return this.#from((from - 1) as Seq, (past) => past.goTo(to, visit));
  }

  /** Resolves when nobody looks at the past any more; lets go of what is at hand. */
  async close(): Promise<void> {
    await this.#turn;
    this.#drop();
  }

  #from<Result>(seq: Seq, use: (past: PastState) => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(async () => {
      const past = await this.#startFor(seq);
      // One that fails on the way is not kept: nobody could say at which moment it is.
      this.#states = this.#states.filter((other) => other !== past);
      await past.goTo(seq);
      const answer = await use(past);
      this.#keep(past);
      return answer;
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #startFor(seq: Seq): Promise<PastState> {
    const [nearest] = this.#states
      .filter(({ state }) => state.seq <= seq)
      .sort((a, b) => b.state.seq - a.state.seq);
    if (nearest && seq - nearest.state.seq <= near) return nearest;
    const fresh = await PastState.near(this.#log, seq);
    return nearest && nearest.state.seq >= fresh.state.seq ? nearest : fresh;
  }

  #keep(past: PastState): void {
    this.#states.push(past);
    const rows = () => this.#states.reduce((sum, each) => sum + each.rows, 0);
    while (this.#states.length > mostStates || (this.#states.length > 1 && rows() > mostRows)) {
      this.#states.shift();
    }
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#drop(), idleAfter).unref();
  }

  #drop(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#states = [];
  }
}
