/** When a host that is cut off from the others may claim tasks of its own: once nobody else can, and until others take them over. */
import type { DurationMs } from '../core/units.ts';

/**
 * From its last sign of life on: others may claim its tasks for 2,000 ms after the store has noted it, and the store notes
 * none that was on its way for more than 500 ms.
 */
const othersMayClaimFor = 2_600;
/** Before the others count it as lost. */
const standsDownBefore = 5_000;

export interface Silence {
  /** When it sent its last sign of life, by `performance.now()`; null: before this start, nobody knows when. */
  readonly since: number | null;
  /** How long the others wait before they take over what it has. */
  readonly lostAfter: DurationMs;
}

export function mayClaim({ since, lostAfter }: Silence, now: number): boolean {
  if (since === null) return false;
  const silent = now - since;
  return silent >= othersMayClaimFor && silent < lostAfter - standsDownBefore;
}

/** When its workers must have stopped, by `performance.now()`: from then on others may do what they did. */
export function standsDownAt({ since, lostAfter }: Silence): number {
  return (since ?? 0) + lostAfter - standsDownBefore;
}
