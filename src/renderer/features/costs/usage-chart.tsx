/** What was spent as bars: days stand side by side, everything else lies one under the other, the dearest first. */
import type { UsageGroup, UsageRow, UsageView } from '../../../contract/usage.ts';
import { formatMoney, formatShare, formatTokens } from '../../lib/format.ts';
import { strings } from './strings.ts';

const shownRows = 30;
const shownDays = 60;

export function UsageChart({ usage }: { usage: UsageView }) {
  const label = strings.chart(strings.groups[usage.by].toLowerCase());
  return usage.by === 'day' ? (
    <Days label={label} rows={usage.rows.slice(-shownDays)} />
  ) : (
    <Rows label={label} by={usage.by} rows={usage.rows.slice(0, shownRows)} total={weightOf(usage.total)} />
  );
}

/** Money says most; where nothing has a price, tokens do. */
const weightOf = ({ money, tokensIn, tokensOut }: Pick<UsageRow, 'money' | 'tokensIn' | 'tokensOut'>) =>
  money > 0 ? money : (tokensIn + tokensOut) / 1_000_000;

function Rows({
  label,
  rows,
  total,
}: {
  label: string;
  by: UsageGroup;
  rows: readonly UsageRow[];
  total: number;
}) {
  const most = Math.max(...rows.map(weightOf), Number.MIN_VALUE);
  return (
    <ul aria-label={label} className="flex flex-col gap-1">
      {rows.map((row) => {
        const share = formatShare(weightOf(row) / Math.max(total, Number.MIN_VALUE));
        return (
          <li
            key={row.key ?? ''}
            aria-label={strings.row(row.name, formatMoney(row.money), share)}
            className="grid grid-cols-[minmax(120px,240px)_1fr_auto] items-center gap-3"
          >
            <span className="truncate" title={row.name}>
              {row.name}
            </span>
            <span className="relative h-5 rounded-sm bg-sunken">
              <span
                className="absolute inset-y-0 left-0 rounded-sm bg-alive/75"
                style={{ width: `${(100 * weightOf(row)) / most}%` }}
              />
            </span>
            <span className="whitespace-nowrap text-right font-mono text-xs">
              <span className="inline-block w-20 text-ink">{formatMoney(row.money)}</span>
              <span className="inline-block w-16 text-faint">
                {formatTokens(row.tokensIn + row.tokensOut)}
              </span>
              <span className="inline-block w-12 text-faint">{share}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Days({ label, rows }: { label: string; rows: readonly UsageRow[] }) {
  const most = Math.max(...rows.map(weightOf), Number.MIN_VALUE);
  return (
    <ul aria-label={label} className="flex h-56 items-end gap-1 overflow-x-auto border-line border-b pb-6">
      {rows.map((row, at) => (
        <li
          key={row.key ?? ''}
          title={strings.row(row.name, formatMoney(row.money), formatTokens(row.tokensIn + row.tokensOut))}
          aria-label={strings.row(
            row.name,
            formatMoney(row.money),
            formatTokens(row.tokensIn + row.tokensOut),
          )}
          className="relative flex h-full min-w-5 max-w-16 flex-1 flex-col justify-end"
        >
          <span
            className="rounded-t-sm bg-alive/75 hover:bg-alive"
            style={{ height: `${Math.max(1, (100 * weightOf(row)) / most)}%` }}
          />
          {(at === 0 || at === rows.length - 1 || rows.length <= 12) && (
            <span className="absolute -bottom-5 left-0 whitespace-nowrap font-mono text-[10px] text-faint">
              {row.name.slice(5)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
