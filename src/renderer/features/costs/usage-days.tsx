/** What was spent day by day, and below it all that was spent so far against the budget of the company. */
import type { ReactNode } from 'react';
import type { BudgetView, UsageRow } from '../../../contract/usage.ts';
import { classNames } from '../../design/class-names.ts';
import { warnShare } from './budget-bar.tsx';
import type { Scale } from './chart-scale.ts';
import { scaleFor } from './chart-scale.ts';
import { withoutGaps } from './day-rows.ts';
import type { Measure } from './measure.ts';
import { amountOf, formatAmount, formatTick } from './measure.ts';
import { strings } from './strings.ts';

export interface UsageDaysProps {
  label: string;
  /** In their order. */
  rows: readonly UsageRow[];
  total: number;
  measure: Measure;
  /** Of the company. */
  budget: BudgetView | null;
}

const shownDays = 60;
/** Beyond it the days don't all have room for their name. */
const namedDays = 14;

export function UsageDays({ label, rows, total, measure, budget }: UsageDaysProps) {
  const days = withoutGaps(rows, shownDays);
  const amounts = days.map((day) => amountOf(day, measure));
  const before = total - amounts.reduce((sum, amount) => sum + amount, 0);
  const scale = scaleFor(amounts);
  return (
    <div className="flex flex-col gap-6">
      <Frame scale={scale} measure={measure} height="h-44">
        <ul aria-label={label} className="flex h-full items-end gap-1">
          {days.map((day, at) => (
            <li
              key={day.name}
              title={strings.dayRow(day.name, formatAmount(amounts[at] ?? 0, measure), day.calls)}
              aria-label={strings.dayRow(day.name, formatAmount(amounts[at] ?? 0, measure), day.calls)}
              className="group relative flex h-full min-w-1.5 max-w-20 flex-1 flex-col justify-end"
            >
              <span
                className="rounded-t-sm bg-alive/80 group-hover:bg-alive"
                style={{ height: `${(100 * (amounts[at] ?? 0)) / scale.most}%` }}
              />
              {(days.length <= namedDays || at % Math.ceil(days.length / namedDays) === 0) && (
                <span className="absolute -bottom-5 left-0 whitespace-nowrap font-mono text-2xs text-faint">
                  {day.name.slice(5)}
                </span>
              )}
            </li>
          ))}
        </ul>
      </Frame>
      <SoFar days={days} amounts={amounts} before={before} measure={measure} budget={budget} />
    </div>
  );
}

function SoFar({
  days,
  amounts,
  before,
  measure,
  budget,
}: {
  days: readonly UsageRow[];
  amounts: readonly number[];
  /** What was spent before the first of the days. */
  before: number;
  measure: Measure;
  budget: BudgetView | null;
}) {
  const limit = budget?.limit[measure] ?? null;
  const sums: number[] = [];
  for (const amount of amounts) sums.push((sums.at(-1) ?? before) + amount);
  const now = sums.at(-1) ?? before;
  const scale = scaleFor([now], limit === null ? [] : [limit * 1.02]);
  const words =
    limit === null
      ? strings.soFarFree(formatAmount(now, measure))
      : strings.soFarOf(formatAmount(now, measure), formatAmount(limit, measure));
  // A step for each day: what was spent by its end.
  const x = (at: number) => (100 * at) / days.length;
  const y = (sum: number) => 100 - (100 * sum) / scale.most;
  const line = sums.map((sum, at) => `L${x(at)} ${y(sum)}L${x(at + 1)} ${y(sum)}`).join('');
  return (
    <section aria-label={strings.soFar}>
      <h2 className="mb-2 flex flex-wrap items-baseline gap-x-2 font-medium">
        {strings.soFar}
        <span className="font-normal text-muted text-xs">{words}</span>
      </h2>
      <Frame scale={scale} measure={measure} height="h-36">
        <svg
          role="img"
          aria-label={words}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-visible"
        >
          <path d={`M0 100${line}L100 100Z`} fill="var(--color-alive)" fillOpacity="0.16" />
          <path
            d={`M0 ${y(before)}${line}`}
            fill="none"
            stroke="var(--color-alive)"
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {limit !== null && limit <= scale.most && (
          <>
            <Level
              at={(100 * limit * warnShare) / scale.most}
              className="border-waiting border-t-2 border-dashed text-waiting"
              below
            >
              {strings.warnsAt(formatAmount(limit * warnShare, measure))}
            </Level>
            <Level at={(100 * limit) / scale.most} className="border-failure border-t-[3px] text-failure">
              {strings.stopsAt(formatAmount(limit, measure))}
            </Level>
          </>
        )}
      </Frame>
    </section>
  );
}

/** A line across the chart with its words at the end. */
function Level({
  at,
  className,
  below = false,
  children,
}: {
  at: number;
  className: string;
  below?: boolean;
  children: string;
}) {
  return (
    <span
      className={classNames('pointer-events-none absolute inset-x-0', className)}
      style={{ bottom: `${at}%` }}
    >
      <span
        className={classNames(
          'absolute left-1 whitespace-nowrap rounded-sm bg-ground/85 px-1 font-mono text-2xs',
          below ? 'top-0.5' : 'bottom-1',
        )}
      >
        {children}
      </span>
    </span>
  );
}

/** The scale at the left with a line across for each step. */
function Frame({
  scale,
  measure,
  height,
  children,
}: {
  scale: Scale;
  measure: Measure;
  height: string;
  children: ReactNode;
}) {
  return (
    <div className="pt-2 pb-6 pl-16">
      <div className={`relative ${height}`}>
        {scale.ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden="true"
            className="absolute inset-x-0 h-px bg-line"
            style={{ bottom: `${(100 * tick) / scale.most}%` }}
          >
            <span className="absolute right-full -translate-y-1/2 whitespace-nowrap pr-2 font-mono text-2xs text-faint">
              {formatTick(tick, measure)}
            </span>
          </span>
        ))}
        <div className="relative h-full">{children}</div>
      </div>
    </div>
  );
}
