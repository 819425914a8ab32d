/** A look at the whole company takes a twentieth of the page's time at most, and none is put off for long. */
import { expect, it } from 'vitest';
import type { DurationMs } from '../../../src/core/units.ts';
import { lookAgainIn } from '../../../src/renderer/features/org-chart/look-again.ts';

it.each([
  [0, 500],
  [20, 500],
  [100, 2000],
  [4000, 10_000],
])('waits after a look of %i ms for %i ms', (cost, wait) => {
  expect(lookAgainIn(cost as DurationMs)).toBe(wait);
});
