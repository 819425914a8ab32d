/** Lets time pass for a company: asks it to `tick` when something comes due, and sleeps otherwise. */
import type { CompanyState } from '../core/state.ts';
import { nextDue } from '../core/tick.ts';
import type { EpochMs } from '../core/units.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';

/** What many commits ask for is looked at once, in ms. */
const lookAfter = 20;
/** No sleep is longer, in ms: the clock may be set forward or back meanwhile. */
const longestSleep = 15_000;
/** Waking up so much later than asked for means that the machine slept or its clock was set, in ms. */
const gap = 5_000;
/** The wait before the next try when a tick was refused or did nothing about what is due, in ms. */
const pause = 1_000;

export class Scheduler {
  readonly #coordinator: CompanyCoordinator;
  readonly #onFault: OnFault;
  readonly #forget: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** By the company's clock; infinite while nothing can come due. */
  #wakesAt = Number.POSITIVE_INFINITY;
  /** After a gap nothing runs out before this: whoever lives first gets a heartbeat's time to say so. */
  #graceUntil = 0;
  #overslept = false;
  #looking: Promise<void> | null = null;
  #closed = false;

  constructor(coordinator: CompanyCoordinator, onFault: OnFault) {
    this.#coordinator = coordinator;
    this.#onFault = onFault;
    this.#forget = coordinator.onCommit(() => this.#wakeWithin(lookAfter));
    this.#wakeWithin(lookAfter);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#forget();
    this.#stopTimer();
    await this.#looking;
  }

  /** Leaves an earlier alarm as it is. */
  #wakeWithin(ms: number): void {
    if (this.#closed || this.#looking !== null) return;
    const now = this.#coordinator.now();
    if (now > this.#wakesAt + gap) this.#overslept = true;
    // A clock that was set back leaves the alarm far in the future: then too it is set anew.
    if (this.#wakesAt <= now + ms) return;
    this.#setAlarm(now, ms);
  }

  #setAlarm(now: EpochMs, ms: number): void {
    this.#stopTimer();
    this.#wakesAt = now + ms;
    this.#timer = setTimeout(() => this.#wake(), ms);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wakesAt = Number.POSITIVE_INFINITY;
  }

  #wake(): void {
    if (this.#coordinator.now() > this.#wakesAt + gap) this.#overslept = true;
    this.#stopTimer();
    this.#looking = this.#look()
      .catch((error: unknown) => {
        // A log that can't be written has said so to whoever asked; a fault of ours is reported here.
        refusalOf(error, this.#onFault);
        return pause;
      })
      .then((sleep) => {
        this.#looking = null;
        if (sleep !== null && !this.#closed) this.#setAlarm(this.#coordinator.now(), sleep);
      });
  }

  /** @returns how long to sleep, in ms; null: until something changes */
  async #look(): Promise<number | null> {
    const { due, heartbeat } = await this.#coordinator.read(whatIsNext);
    const now = this.#coordinator.now();
    if (this.#overslept) this.#graceUntil = now + heartbeat;
    this.#overslept = false;
    if (due === null) return null;
    const grace = Math.min(this.#graceUntil, now + heartbeat);
    const sleep = Math.max(due, grace) - now;
    if (sleep > 0) return Math.min(sleep, longestSleep);
    const { events } = await this.#coordinator.execute({ kind: 'host' }, { type: 'tick' });
    return events.length > 0 ? lookAfter : pause;
  }
}

function whatIsNext(state: CompanyState): { due: EpochMs | null; heartbeat: number } {
  return { due: nextDue(state, null), heartbeat: state.company?.policy.heartbeat ?? 0 };
}
