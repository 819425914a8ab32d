/** When a running company is looked at again to say what edits would do to it: the dearer a look is, the rarer. Pure. */
import type { DurationMs } from '../../../core/units.ts';

const soonest = 500;
const latest = 10_000;
/** Looks take no more than this part of the page's time. */
const share = 0.05;

/** @param cost how long the last look took */
export function lookAgainIn(cost: DurationMs): DurationMs {
  return Math.min(latest, Math.max(soonest, Math.round(cost / share))) as DurationMs;
}
