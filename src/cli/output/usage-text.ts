/** What was spent, for people. */
import type { BudgetDocument, UsageDocument } from '../documents/usage-document.ts';
import type { Output } from './output.ts';
import type { Cell } from './table.ts';

export function usageText({ by, usage, total, budgets }: UsageDocument, output: Output): string {
  const spent =
    usage.length === 0
      ? 'Nothing was spent yet.'
      : output.table(
          [
            { title: by.toUpperCase(), cell: ({ name }) => name, shrinks: true },
            { title: 'CALLS', cell: ({ calls }) => String(calls), align: 'right' },
            { title: 'TOKENS IN', cell: ({ tokensIn }) => String(tokensIn), align: 'right' },
            { title: 'TOKENS OUT', cell: ({ tokensOut }) => String(tokensOut), align: 'right' },
            { title: 'MONEY', cell: ({ money }) => dollars(money), align: 'right' },
          ],
          [...usage, { ...total, key: null, name: 'in all' }],
        );
  return budgets.length === 0 ? spent : `${spent}\n\n${budgetTable(budgets, output)}`;
}

export const budgetTable = (budgets: readonly BudgetDocument[], output: Output): string =>
  output.table(
    [
      {
        title: 'BUDGET OF',
        cell: ({ scope, name }) => (scope === 'company' ? name : `${scope} ${name}`),
        shrinks: true,
      },
      { title: 'MONEY', cell: ({ money }) => used(money, dollars), align: 'right' },
      { title: 'TOKENS', cell: ({ tokens }) => used(tokens, String), align: 'right' },
      { title: '', cell: ({ state }) => marks[state] },
    ],
    budgets,
  );

const marks: Readonly<Record<BudgetDocument['state'], Cell>> = {
  ok: { text: '' },
  nearly: { text: 'nearly used up', meaning: 'waiting' },
  used_up: { text: 'used up', meaning: 'failed' },
};

function used(
  { limit, spent, reserved }: BudgetDocument['money'],
  words: (amount: number) => string,
): Cell | string {
  if (limit === null) return '';
  const share = limit === 0 ? 1 : (spent + reserved) / limit;
  const meaning = share >= 1 ? 'failed' : share >= 0.8 ? 'waiting' : 'plain';
  return { text: `${words(spent)} of ${words(limit)}`, meaning };
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
