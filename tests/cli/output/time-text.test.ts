/** Times as people say them. */
import { expect, it } from 'vitest';
import { durationText, relativeTime } from '../../../src/cli/output/time-text.ts';
import type { DurationMs, EpochMs } from '../../../src/core/units.ts';

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [7_200_000, '2 h'],
  [172_800_000, '2 d'],
])('says %i ms as %s', (duration, text) => {
  expect(durationText(duration as DurationMs)).toBe(text);
});

it.each([
  [1_000_000, 'just now'],
  [1_000_500, 'just now'],
  [940_000, '1 min ago'],
  [1_005_000, 'in 5 s'],
])('says %i, seen from 1000000, as %s', (at, text) => {
  expect(relativeTime(at as EpochMs, 1_000_000 as EpochMs)).toBe(text);
});
