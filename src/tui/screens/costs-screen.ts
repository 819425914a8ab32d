/** The costs: what was spent, grouped, and how far each budget is used. */
import type { BudgetView, UsageGroup, UsageRow } from '../../contract/usage.ts';
import { usageGroups } from '../../contract/usage.ts';
import type { MicroUsd } from '../../core/units.ts';
import type { Screen } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { meter } from '../text/marks.ts';
import { heading } from '../text/prose.ts';

export const costsScreen: Screen = {
  id: 'costs',
  title: 'Costs',
  count: () => null,
  rows: ({ fetched }) =>
    (fetched.usage?.rows ?? []).map((row) => ({ id: row.key ?? '', text: row.name, line: rowOf(row) })),
  empty: [
    'Nothing was spent.',
    'What agents’ calls to models cost is counted here; without a model it is free.',
  ],
  detail: ({ fetched }, _id, width) => {
    const { usage } = fetched;
    if (!usage) return [];
    const { total, budgets } = usage;
    return [
      [
        piece('over', `all, by ${usage.by}: `),
        piece('strong', dollars(total.money)),
        piece('over', `  ${callsOf(total)}`),
      ],
      heading('budgets'),
      ...(budgets.length === 0
        ? [[piece('over', 'None is set: agentcoord budget set --money 20')]]
        : budgets.flatMap((budget) => budgetLines(budget, width))),
    ];
  },
  want: ({ by }) => [{ kind: 'usage', by }],
  hints: ({ by }) => [{ key: 'b', does: `by ${nextGroup(by)}` }],
  press: (_view, _id, key) => (key === 'b' ? { kind: 'next-group' } : null),
};

export function nextGroup(by: UsageGroup): UsageGroup {
  return usageGroups[(usageGroups.indexOf(by) + 1) % usageGroups.length] ?? 'task';
}

const dollars = (money: MicroUsd): string => `$${(money / 1_000_000).toFixed(money < 1_000_000 ? 4 : 2)}`;

const callsOf = ({
  calls,
  tokensIn,
  tokensOut,
}: Pick<UsageRow, 'calls' | 'tokensIn' | 'tokensOut'>): string =>
  `${calls} calls, ${tokensIn} tokens in, ${tokensOut} out`;

const rowOf =
  (row: UsageRow) =>
  (width: number): Line =>
    columns(
      [
        piece('strong', row.name),
        piece('over', `${row.calls} calls`),
        piece('over', `${row.tokensIn} in`),
        piece('over', `${row.tokensOut} out`),
        piece('alive', dollars(row.money)),
      ],
      [0, 10, 12, 12, 10],
      width,
    );

function budgetLines({ name, scope, limit, spent, state }: BudgetView, width: number): Line[] {
  const parts = [
    ...(limit.money === null
      ? []
      : [{ share: spent.money / limit.money, of: `${dollars(spent.money)} of ${dollars(limit.money)}` }]),
    ...(limit.tokens === null
      ? []
      : [{ share: spent.tokens / limit.tokens, of: `${spent.tokens} of ${limit.tokens} tokens` }]),
  ];
  const words = { ok: '', nearly: ' nearly used up', used_up: ' used up: no further call is made' } as const;
  return parts.map(
    ({ share, of }): Line => [
      ...columns([piece('strong', name), piece('over', scope)], [18, 8], 27),
      ' ',
      meter(share, Math.min(20, Math.max(6, width - 60))),
      ` ${of}`,
      piece(state === 'used_up' ? 'failed' : 'waiting', words[state]),
    ],
  );
}
