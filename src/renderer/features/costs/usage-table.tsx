/** The figures of a chart as a table: the same rows, all of their numbers. */
import type { BudgetView, UsageRow } from '../../../contract/usage.ts';
import { formatMoney, formatNumber } from '../../lib/format.ts';
import type { Measure } from './measure.ts';
import { amountOf, shareOf } from './measure.ts';
import { strings } from './strings.ts';

export interface UsageTableProps {
  label: string;
  /** What a row stands for. */
  of: string;
  rows: readonly UsageRow[];
  total: number;
  measure: Measure;
  budgetOf: (row: UsageRow) => BudgetView | null;
}

const number = 'py-1.5 pl-4 text-right font-mono text-xs whitespace-nowrap';
const head = 'py-1.5 pl-4 text-right font-medium whitespace-nowrap';

export function UsageTable({ label, of, rows, total, measure, budgetOf }: UsageTableProps) {
  const words = strings.columns;
  const hasBudgets = rows.some((row) => budgetOf(row) !== null);
  return (
    <div className="max-h-[60vh] overflow-auto rounded-lg border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 bg-surface text-faint text-xs">
          <tr>
            <th scope="col" className="py-1.5 pl-3 text-left font-medium">
              {of}
            </th>
            <th scope="col" className={head}>
              {words.calls}
            </th>
            <th scope="col" className={head}>
              {words.tokensIn}
            </th>
            <th scope="col" className={head}>
              {words.tokensOut}
            </th>
            <th scope="col" className={head}>
              {words.money}
            </th>
            <th scope="col" className={`${head} ${hasBudgets ? '' : 'pr-3'}`}>
              {words.share}
            </th>
            {hasBudgets && (
              <th scope="col" className={`${head} pr-3`}>
                {words.budget}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key ?? ''} className="border-line border-t hover:bg-hover">
              <th
                scope="row"
                className="max-w-80 truncate py-1.5 pl-3 text-left font-normal"
                title={row.name}
              >
                {row.name}
              </th>
              <td className={number}>{formatNumber(row.calls)}</td>
              <td className={number}>{formatNumber(row.tokensIn)}</td>
              <td className={number}>{formatNumber(row.tokensOut)}</td>
              <td className={number}>{formatMoney(row.money)}</td>
              <td className={`${number} ${hasBudgets ? '' : 'pr-3'}`}>
                {shareOf(amountOf(row, measure), total)}
              </td>
              {hasBudgets && <td className={`${number} pr-3`}>{budgetWords(budgetOf(row))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function budgetWords(budget: BudgetView | null): string {
  if (!budget) return strings.noLimit;
  const { money, tokens } = budget.limit;
  const limits = [
    money !== null && formatMoney(money),
    tokens !== null && strings.someTokens(formatNumber(tokens)),
  ].filter((one) => one !== false);
  return `${limits.join(', ')}: ${strings.states[budget.state]}`;
}
