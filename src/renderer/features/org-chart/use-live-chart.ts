/** The chart of the live company; the same value as long as nothing of it changes, however much work goes on. */
import { useRef } from 'react';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { chartOf } from '../../../core/org/chart/org-chart.ts';
import { useLive } from '../../lib/company-context.tsx';

export function useLiveChart(): OrgChart {
  const kept = useRef<OrgChart | null>(null);
  const now = useLive(chartOf);
  if (kept.current === null || !isSame(kept.current, now)) kept.current = now;
  return kept.current;
}

/** Rows are replaced when they change, never edited. */
function isSame(a: OrgChart, b: OrgChart): boolean {
  return (
    a.name === b.name &&
    a.policy === b.policy &&
    (['roles', 'departments', 'teams', 'members', 'workflows'] as const).every((table) => {
      const [before, after] = [a[table], b[table]] as readonly (readonly unknown[])[];
      return (
        before !== undefined &&
        after !== undefined &&
        before.length === after.length &&
        before.every((row, n) => row === after[n])
      );
    })
  );
}
