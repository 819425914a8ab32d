/** The days of a chart without gaps: one on which nothing was spent is a day all the same. Pure. */
import type { UsageRow } from '../../../contract/usage.ts';
import type { MicroUsd } from '../../../core/units.ts';

const dayMs = 86_400_000;

/**
 * @param rows of days in UTC such as `2026-11-22`, in their order
 * @param shown so many days at most: the last ones
 */
export function withoutGaps(rows: readonly UsageRow[], shown: number): UsageRow[] {
  const last = rows.at(-1);
  const first = rows[0];
  if (!last || !first) return [];
  const byDay = new Map(rows.map((row) => [row.name, row]));
  const from = Math.max(Date.parse(first.name), Date.parse(last.name) - (shown - 1) * dayMs);
  const count = Math.round((Date.parse(last.name) - from) / dayMs) + 1;
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(from + at * dayMs).toISOString().slice(0, 10);
    return byDay.get(day) ?? emptyDay(day);
  });
}

function emptyDay(day: string): UsageRow {
  return { key: day, name: day, calls: 0, tokensIn: 0, tokensOut: 0, money: 0 as MicroUsd };
}
