/** Times as the screens say them. */
import { durationText } from '../../cli/output/time-text.ts';
import type { EpochMs } from '../../core/units.ts';
import { sinceMs } from '../../core/units.ts';

/** `4 min`, or `now`: for a column. */
export function ago(at: EpochMs | null, now: EpochMs): string {
  if (at === null) return '';
  const since = sinceMs(at, now);
  return since < 1_000 ? 'now' : durationText(since);
}

/** `4 min ago`, or `just now`: for a sentence. */
export function timeAgo(at: EpochMs, now: EpochMs): string {
  return sinceMs(at, now) < 1_000 ? 'just now' : `${ago(at, now)} ago`;
}

/** `in 4 min`, or `now` when it is past. */
export function until(at: EpochMs, now: EpochMs): string {
  return at <= now ? 'now' : `in ${durationText(sinceMs(now, at))}`;
}

/** `14:03:07`, in the time of this machine. */
export const clockTime = (at: EpochMs): string => new Date(at).toTimeString().slice(0, 8);
