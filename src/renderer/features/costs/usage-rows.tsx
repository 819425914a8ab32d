/** What was spent as bars under each other, the dearest first, each with its budget where it has one. */
import type { BudgetView, UsageRow } from '../../../contract/usage.ts';
import { classNames } from '../../design/class-names.ts';
import { BudgetBar } from './budget-bar.tsx';
import type { Scale } from './chart-scale.ts';
import { scaleFor } from './chart-scale.ts';
import type { Measure } from './measure.ts';
import { amountOf, formatAmount, formatTick, shareOf } from './measure.ts';
import { strings } from './strings.ts';

export interface UsageRowsProps {
  label: string;
  rows: readonly UsageRow[];
  /** Of all rows, also those that are not shown. */
  total: number;
  measure: Measure;
  budgetOf: (row: UsageRow) => BudgetView | null;
}

const columns =
  'grid grid-cols-[minmax(110px,220px)_minmax(120px,1fr)_236px] gap-x-4 max-md:grid-cols-[110px_1fr_110px]';

export function UsageRows({ label, rows, total, measure, budgetOf }: UsageRowsProps) {
  const limits = rows.flatMap((row) => budgetOf(row)?.limit[measure] ?? []);
  const scale = scaleFor(
    rows.map((row) => amountOf(row, measure)),
    limits,
  );
  return (
    <div>
      <ul aria-label={label} className="flex flex-col">
        {rows.map((row) => (
          <Row
            key={row.key ?? ''}
            row={row}
            total={total}
            measure={measure}
            scale={scale}
            budget={budgetOf(row)}
          />
        ))}
      </ul>
      <div aria-hidden="true" className={`${columns} pt-1 font-mono text-2xs text-faint`}>
        <span />
        <span className="relative h-4">
          {scale.ticks.map((tick, at) => (
            <span
              key={tick}
              className={classNames(
                'absolute whitespace-nowrap',
                at === 0 ? '' : at === scale.ticks.length - 1 ? '-translate-x-full' : '-translate-x-1/2',
              )}
              style={{ left: `${(100 * tick) / scale.most}%` }}
            >
              {formatTick(tick, measure)}
            </span>
          ))}
        </span>
      </div>
    </div>
  );
}

interface RowProps {
  row: UsageRow;
  total: number;
  measure: Measure;
  scale: Scale;
  budget: BudgetView | null;
}

function Row({ row, total, measure, scale, budget }: RowProps) {
  const amount = amountOf(row, measure);
  const limit = budget?.limit[measure] ?? null;
  const share = strings.shareOfAll(shareOf(amount, total));
  const used =
    limit === null
      ? share
      : strings.usedOf(formatAmount(limit, measure), shareOf(budget?.spent[measure] ?? 0, limit));
  const isUsedUp = budget !== null && limit !== null && budget.spent[measure] >= limit;
  return (
    <li
      aria-label={`${strings.row(row.name, formatAmount(amount, measure), share)}${limit === null ? '' : `, ${used}`}`}
      className={`${columns} items-center rounded-sm hover:bg-hover`}
    >
      <span className="truncate py-2 pl-1" title={row.name}>
        {row.name}
      </span>
      <span className="relative flex h-full items-center">
        <Grid scale={scale} />
        <BudgetBar
          label={strings.meter(row.name, formatAmount(amount, measure), used)}
          used={amount}
          reserved={budget?.reserved[measure] ?? 0}
          limit={limit}
          most={scale.most}
          className="h-3.5 w-full"
        />
      </span>
      <span className="flex items-baseline gap-2 whitespace-nowrap font-mono text-xs max-md:flex-col max-md:items-end max-md:gap-0">
        <span className="w-20 text-right text-ink">{formatAmount(amount, measure)}</span>
        <span className={classNames('truncate', isUsedUp ? 'text-failure' : 'text-faint')}>{used}</span>
      </span>
    </li>
  );
}

function Grid({ scale: { ticks, most } }: { scale: Scale }) {
  return ticks.map((tick) => (
    <span
      key={tick}
      aria-hidden="true"
      className="absolute inset-y-0 w-px bg-line"
      style={{ left: `${(100 * tick) / most}%` }}
    />
  ));
}
