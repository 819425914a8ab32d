/** When a host that is cut off from the others may claim tasks of its own: once nobody else can, and until others take them over. */
import type { DurationMs } from '../core/units.ts';

/**
 * From its last sign of life on: others may claim its tasks for 2,000 ms after the store has noted it, and the store notes
 * none that was on its way for more than 500 ms.
 */
const othersMayClaimFor = 2_600;
/** Before the others count it as lost. */
const standsDownBefore = 5_000;

/**
 * @param lastBeatSentAt when it sent its last sign of life, on the clock of `now`, which is not set by anybody
 * @param lostAfter how long the others wait before they take over what it has
 */
export function mayClaim(lastBeatSentAt: number, now: number, lostAfter: DurationMs): boolean {
  const silent = now - lastBeatSentAt;
  return silent >= othersMayClaimFor && silent < lostAfter - standsDownBefore;
}
