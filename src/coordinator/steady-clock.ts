/** A clock that nobody can set: it starts at the wall clock's time and then only goes on. */
import { uptime } from 'node:os';
import type { EpochMs } from '../core/units.ts';

/** What the clock is made of, each in ms. Tests bring their own. */
export interface ClockSources {
  /** Since 1970; may be set forward or back at any time. */
  readonly wall: () => number;
  /** Since some instant; only goes on, on some systems not while the machine sleeps. */
  readonly monotonic: () => number;
  /** Since the machine started, its sleep included; null where `monotonic` includes it. */
  readonly sinceBoot: (() => number) | null;
}

const machineClock: ClockSources = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  // Elsewhere it is worked out from the wall clock, or the monotonic clock goes on in sleep by itself.
  sinceBoot: process.platform === 'linux' ? () => uptime() * 1_000 : null,
};

/** How often it is looked whether the machine has slept, in ms. */
const betweenLooks = 1_000;
/** A shorter sleep is not told from a clock that is read in coarse steps, in ms. */
const shortestSleep = 2_000;

/**
 * Leases and locks are measured by it: a wall clock that is set an hour forward ends none of them early, one that is set
 * back keeps none. The wall clock counts again at the next start.
 */
export function steadyClock(sources: ClockSources = machineClock): () => EpochMs {
  const { wall, monotonic, sinceBoot } = sources;
  const start = monotonic();
  const bootedBefore = sinceBoot?.() ?? 0;
  const wallAtStart = wall();
  let slept = 0;
  let lookedAt = start;

  function noteSleep(elapsed: number, now: number): void {
    if (!sinceBoot || now - lookedAt < betweenLooks) return;
    lookedAt = now;
    const asleep = sinceBoot() - bootedBefore - elapsed;
    if (asleep - slept > shortestSleep) slept = asleep;
  }

  return () => {
    const now = monotonic();
    noteSleep(now - start, now);
    return Math.floor(wallAtStart + (now - start) + slept) as EpochMs;
  };
}
