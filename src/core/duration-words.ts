/** A length of time in words for people: `40 s`, `3 min`, `2 h`, `5 d`. */
import type { DurationMs } from './units.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Rounded up in the largest unit that fits; a part of a second is a second. */
export function durationWords(duration: DurationMs): string {
  const [unit, size] = units.find(([, length]) => duration >= length) ?? ['s', 1_000];
  return `${Math.max(1, Math.ceil(duration / size))} ${unit}`;
}
