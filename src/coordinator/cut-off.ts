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
  /** How long ago its last sign of life was sent, in ms, by a clock that nobody sets; null: not since it started. */
  readonly least: number | null;
  /** The same by the clock that is furthest ahead: one of them stands still while a machine sleeps. */
  readonly most: number | null;
  /** How long the others wait before they take over what it has. */
  readonly lostAfter: DurationMs;
}

export function mayClaim({ least, most, lostAfter }: Silence): boolean {
  if (least === null || most === null) return false;
  return least >= othersMayClaimFor && most < lostAfter - standsDownBefore;
}

/** Its workers must have stopped: from now on others may do what they did. */
export function mustStandDown({ most, lostAfter }: Silence): boolean {
  return most === null || most >= lostAfter - standsDownBefore;
}
