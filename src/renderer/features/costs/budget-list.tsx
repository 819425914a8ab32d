/** Each budget with how far it is used. */
import type { BudgetView } from '../../../contract/usage.ts';
import { Meter } from '../../design/meter.tsx';
import { formatMoney, formatTokens } from '../../lib/format.ts';
import { strings } from './strings.ts';

const tones = { ok: 'alive', nearly: 'waiting', used_up: 'failure' } as const;
const inks = { ok: 'text-faint', nearly: 'text-waiting', used_up: 'text-failure' } as const;

export function BudgetList({ budgets }: { budgets: readonly BudgetView[] }) {
  if (budgets.length === 0) return <p className="max-w-[60ch] text-muted">{strings.noBudgets}</p>;
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
      {budgets.map((budget) => (
        <li
          key={budget.id}
          className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3"
        >
          <span className="flex items-baseline gap-2">
            <span className="truncate font-medium">{budget.name}</span>
            <span className="text-faint text-xs">{strings.scopes[budget.scope]}</span>
          </span>
          <Limits budget={budget} />
          <span className={`text-xs ${inks[budget.state]}`}>
            {strings.states[budget.state]}
            {budget.reserved.money > 0 && ` · ${strings.reserved(formatMoney(budget.reserved.money))}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Limits({ budget: { name, limit, spent, state } }: { budget: BudgetView }) {
  const limits = [
    limit.money !== null && {
      text: strings.of(formatMoney(spent.money), formatMoney(limit.money)),
      used: shareOf(spent.money, limit.money),
    },
    limit.tokens !== null && {
      text: strings.tokensOf(formatTokens(spent.tokens), formatTokens(limit.tokens)),
      used: shareOf(spent.tokens, limit.tokens),
    },
  ];
  return limits.map(
    (one) =>
      one && (
        <span key={one.text} className="flex flex-col gap-1">
          <span className="font-mono text-xs">{one.text}</span>
          <Meter label={`${name}: ${one.text}`} value={one.used} tone={tones[state]} bare />
        </span>
      ),
  );
}

const shareOf = (used: number, most: number) => (most === 0 ? 1 : Math.min(1, used / most));
