/** Instants and durations as people say them; the exact ones are in the JSON. */
import type { DurationMs, EpochMs } from '../../core/units.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** The largest whole unit: `4 min`, `2 d`; `0 s` below a second. */
export function durationText(duration: DurationMs): string {
  const [name, size] = units.find(([, size]) => duration >= size) ?? (['s', 1_000] as const);
  return `${Math.floor(duration / size)} ${name}`;
}

/** `just now`, `4 min ago`, `in 2 h`. */
export function relativeTime(at: EpochMs, now: EpochMs): string {
  const distance = Math.abs(now - at) as DurationMs;
  if (distance < 1_000) return 'just now';
  return at < now ? `${durationText(distance)} ago` : `in ${durationText(distance)}`;
}

/** ISO 8601 in UTC, as every JSON document of the command line has it. */
export const isoTime = (at: EpochMs): string => new Date(at).toISOString();
