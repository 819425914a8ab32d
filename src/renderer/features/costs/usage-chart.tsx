/** What was spent, as a chart or as the table of its figures, in money or in tokens. */
import { useState } from 'react';
import type { BudgetView, UsageRow, UsageView } from '../../../contract/usage.ts';
import { Segmented } from '../../design/segmented.tsx';
import { ChartLegend } from './chart-legend.tsx';
import type { Measure } from './measure.ts';
import { amountOf, measures } from './measure.ts';
import { strings } from './strings.ts';
import { UsageDays } from './usage-days.tsx';
import { UsageRows } from './usage-rows.tsx';
import { UsageTable } from './usage-table.tsx';

const shownRows = 30;
type Shape = keyof typeof strings.shapes;

export function UsageChart({ usage }: { usage: UsageView }) {
  const [shape, setShape] = useState<Shape>('chart');
  const [chosen, choose] = useState<Measure | null>(null);
  // Money says most; where nothing has a price, tokens do.
  const measure = chosen ?? (usage.total.money > 0 ? 'money' : 'tokens');
  const label = strings.chart(strings.groups[usage.by].toLowerCase());
  const total = amountOf(usage.total, measure);
  const budgetOf = (row: UsageRow): BudgetView | null =>
    usage.by === 'member' || usage.by === 'epic'
      ? (usage.budgets.find(({ scope, id }) => scope === usage.by && id === row.key) ?? null)
      : null;
  const company = usage.budgets.find(({ scope }) => scope === 'company') ?? null;
  const hasLimits =
    usage.by === 'day'
      ? company?.limit[measure] != null
      : usage.rows.some((row) => budgetOf(row)?.limit[measure] != null);
  const rows =
    measure === 'money' || usage.by === 'day'
      ? usage.rows
      : usage.rows.toSorted((a, b) => amountOf(b, measure) - amountOf(a, measure));
  const shown = rows.slice(0, shownRows);
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={strings.measure}
          value={measure}
          onChange={choose}
          segments={measures.map((value) => ({ value, label: strings.measures[value] }))}
        />
        {shape === 'chart' && <ChartLegend hasLimits={hasLimits} />}
        <span className="flex-1" />
        <Segmented
          label={strings.shape}
          value={shape}
          onChange={setShape}
          segments={(['chart', 'table'] as const).map((value) => ({ value, label: strings.shapes[value] }))}
        />
      </div>
      {shape === 'table' ? (
        <UsageTable
          label={label}
          of={strings.groups[usage.by]}
          rows={rows}
          total={total}
          measure={measure}
          budgetOf={budgetOf}
        />
      ) : usage.by === 'day' ? (
        <UsageDays label={label} rows={rows} total={total} measure={measure} budget={company} />
      ) : (
        <>
          <UsageRows label={label} rows={shown} total={total} measure={measure} budgetOf={budgetOf} />
          {rows.length > shown.length && (
            <p className="text-faint text-xs">{strings.moreRows(rows.length - shown.length)}</p>
          )}
        </>
      )}
    </section>
  );
}
