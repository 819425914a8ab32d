/** Remembers whose workers crashed when, and so when the next one may be started. */
import type { MemberId } from '../../core/ids.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { addMs, minutes, seconds } from '../../core/units.ts';
import type { StartHold } from '../../core/worker/worker.ts';

export interface CrashPolicy {
  /** The wait after a first crash; each further one in the window waits twice as long. */
  readonly firstWait: DurationMs;
  readonly longestWait: DurationMs;
  /** So many crashes within the window, and nothing is started for the agent until the window has passed. */
  readonly breakAfter: number;
  readonly window: DurationMs;
}

export const defaultCrashPolicy: CrashPolicy = {
  firstWait: seconds(1),
  longestWait: seconds(60),
  breakAfter: 5,
  window: minutes(10),
};

export class CrashHistory {
  readonly #policy: CrashPolicy;
  readonly #crashes = new Map<MemberId, EpochMs[]>();

  constructor(policy: CrashPolicy = defaultCrashPolicy) {
    this.#policy = policy;
  }

  record(id: MemberId, at: EpochMs): StartHold {
    const crashes = [...this.#recent(id, at), at];
    this.#crashes.set(id, crashes);
    return { crashes: crashes.length, until: this.mayStartAt(id, at) };
  }

  /** It is as if none had crashed. */
  forget(id: MemberId): void {
    this.#crashes.delete(id);
  }

  /** From when on a worker may be started for the agent; 0 when nothing holds it back. */
  mayStartAt(id: MemberId, now: EpochMs): EpochMs {
    const crashes = this.#recent(id, now);
    const last = crashes.at(-1);
    if (last === undefined) return 0 as EpochMs;
    if (this.isBroken(id, now)) return addMs(last, this.#policy.window);
    const wait = this.#policy.firstWait * 2 ** (crashes.length - 1);
    return addMs(last, Math.min(wait, this.#policy.longestWait) as DurationMs);
  }

  /** Whether it crashed so often that trying again would only crash again. */
  isBroken(id: MemberId, now: EpochMs): boolean {
    return this.#recent(id, now).length >= this.#policy.breakAfter;
  }

  #recent(id: MemberId, now: EpochMs): EpochMs[] {
    return (this.#crashes.get(id) ?? []).filter((at) => addMs(at, this.#policy.window) > now);
  }
}
