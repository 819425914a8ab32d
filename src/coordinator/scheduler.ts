/** Lets time pass for a company: asks it to `tick` when something comes due, says which hosts are lost, and sleeps otherwise. */

import type { HostId } from '../core/ids.ts';
import { defaultPolicy } from '../core/org/policy.ts';
import type { CompanyState } from '../core/state.ts';
import { nextDue } from '../core/tick.ts';
import type { EpochMs } from '../core/units.ts';
import { addMs, ms } from '../core/units.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import { LostHosts } from './lost-hosts.ts';

/** What many commits ask for is looked at once, in ms. */
const lookAfter = 20;
/** No sleep is longer, in ms: the clock may be set forward or back meanwhile. */
const longestSleep = 15_000;
/** Waking up so much later than asked for means that the machine slept or its clock was set, in ms. */
const gap = 5_000;
/** The wait before the next try when a tick was refused or did nothing about what is due, in ms. */
const pause = 1_000;

const asHost = { kind: 'host' } as const;

export class Scheduler {
  readonly #coordinator: CompanyCoordinator;
  readonly #onFault: OnFault;
  readonly #lostHosts = new LostHosts();
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
    const host = this.#coordinator.hostAmongOthers;
    const { due, heartbeat } = await this.#coordinator.read((state) => whatIsNext(state, host));
    const now = this.#coordinator.now();
    if (this.#overslept) this.#graceUntil = now + heartbeat;
    this.#overslept = false;
    const lookAt = await this.#loseHosts();
    const grace = Math.min(this.#graceUntil, now + heartbeat);
    const tickAt = due === null ? null : Math.max(due, grace);
    if (tickAt === null || tickAt > now) {
      const next = [tickAt, lookAt].filter((at) => at !== null);
      return next.length === 0 ? null : Math.min(Math.max(Math.min(...next) - now, 0), longestSleep);
    }
    const { events } = await this.#coordinator.execute(asHost, { type: 'tick' });
    return events.length > 0 ? lookAfter : pause;
  }

  /** @returns when to look at the hosts again; null: there are no others */
  async #loseHosts(): Promise<EpochMs | null> {
    const coordinator = this.#coordinator;
    const { host, presence } = coordinator;
    // Nobody can say who is there in a log that is shared and does not tell.
    if (host === null || (presence === null && coordinator.choice?.sharesLog)) return null;
    const now = coordinator.now();
    const { hosts, policy } = await coordinator.read((state) => ({
      hosts: [...state.hosts.values()],
      policy: state.company?.policy ?? defaultPolicy,
    }));
    if (coordinator.outage) {
      this.#lostHosts.forget();
      return addMs(now, ms(longestSleep));
    }
    const own = hosts.find(({ id }) => id === host);
    // The others gave it up while it was cut off.
    if (own?.state === 'lost') await coordinator.execute(asHost, { type: 'host.join', name: own.name });
    const { lost, lookAgainAt } = this.#lostHosts.look({
      others: hosts.filter(({ id, state }) => id !== host && state === 'there'),
      presence,
      now,
      patience: policy.hostLostAfter,
      grace: policy.heartbeat,
    });
    for (const one of lost) await coordinator.execute(asHost, { type: 'host.lose', ...one });
    return lookAgainAt;
  }
}

function whatIsNext(state: CompanyState, host: HostId | null): { due: EpochMs | null; heartbeat: number } {
  return { due: nextDue(state, host), heartbeat: state.company?.policy.heartbeat ?? 0 };
}
