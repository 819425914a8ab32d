/** The scales and days of the charts of costs. */
import { describe, expect, it } from 'vitest';
import type { UsageRow } from '../../src/contract/usage.ts';
import type { MicroUsd } from '../../src/core/units.ts';
import { scaleFor } from '../../src/renderer/features/costs/chart-scale.ts';
import { withoutGaps } from '../../src/renderer/features/costs/day-rows.ts';

describe('a scale', () => {
  it.each([
    ['goes beyond the most that was spent, in round steps', [2_170_000, 660_000], [], [0, 1e6, 2e6, 3e6]],
    ['has room for a limit', [2_870_000], [4_000_000], [0, 1e6, 2e6, 3e6, 4e6]],
    ['leaves out a limit that lies far off', [1_000_000], [500_000_000], [0, 250_000, 500_000, 750_000, 1e6]],
    ['shows a limit when nothing was spent', [0], [100], [0, 25, 50, 75, 100]],
    ['counts in whole numbers', [3], [], [0, 1, 2, 3]],
    ['is not without a length', [], [], [0, 1]],
  ])('%s', (_rule, amounts, limits, ticks) => {
    expect(scaleFor(amounts, limits)).toEqual({ most: ticks.at(-1), ticks });
  });
});

describe('days', () => {
  const day = (name: string): UsageRow => {
    return { key: name, name, calls: 1, tokensIn: 5, tokensOut: 0, money: 7 as MicroUsd };
  };

  it('on which nothing was spent stand between the others, also over the end of a month', () => {
    const days = withoutGaps([day('2026-02-27'), day('2026-03-02')], 60);
    expect(days.map(({ name, money }) => [name, money])).toEqual([
      ['2026-02-27', 7],
      ['2026-02-28', 0],
      ['2026-03-01', 0],
      ['2026-03-02', 7],
    ]);
  });

  it('are the last ones when there are too many', () => {
    expect(withoutGaps([day('2025-01-01'), day('2026-03-02')], 2).map(({ name }) => name)).toEqual([
      '2026-03-01',
      '2026-03-02',
    ]);
  });

  it('are none when there are none', () => expect(withoutGaps([], 60)).toEqual([]));
});
