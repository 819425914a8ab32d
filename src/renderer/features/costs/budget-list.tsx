/** Each budget with how far it is used: what is left, where it warns and where it stops, in figures and as a bar. */
import type { BudgetView } from '../../../contract/usage.ts';
import { Button } from '../../design/button.tsx';
import type { Tone } from '../../design/tag.tsx';
import { Tag } from '../../design/tag.tsx';
import { BudgetBar, warnShare } from './budget-bar.tsx';
import type { Measure } from './measure.ts';
import { formatAmount, formatTick, measures, shareOf } from './measure.ts';
import { strings } from './strings.ts';

const tones: Readonly<Record<BudgetView['state'], Tone>> = {
  ok: 'alive',
  nearly: 'waiting',
  used_up: 'failure',
};

export interface BudgetListProps {
  budgets: readonly BudgetView[];
  onChange: (budget: BudgetView) => void;
}

export function BudgetList({ budgets, onChange }: BudgetListProps) {
  if (budgets.length === 0) return <p className="max-w-[60ch] text-muted">{strings.noBudgets}</p>;
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(320px,1fr))] gap-3">
      {budgets.map((budget) => (
        <li
          key={budget.id}
          aria-label={`${budget.name}: ${strings.states[budget.state]}`}
          className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3"
        >
          <span className="flex items-center gap-2">
            <span className="truncate font-medium" title={budget.name}>
              {budget.name}
            </span>
            <span className="whitespace-nowrap text-faint text-xs">{strings.scopes[budget.scope]}</span>
            <span className="flex-1" />
            <span className="shrink-0">
              <Tag tone={tones[budget.state]}>{strings.shortStates[budget.state]}</Tag>
            </span>
            <Button
              look="quiet"
              size="small"
              aria-label={strings.changeOf(budget.name)}
              onPress={() => onChange(budget)}
            >
              {strings.change}
            </Button>
          </span>
          {measures.map((measure) => (
            <Limit key={measure} budget={budget} measure={measure} />
          ))}
          {budget.state === 'used_up' && (
            <span className="text-failure text-xs">{strings.states.used_up}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Limit({ budget, measure }: { budget: BudgetView; measure: Measure }) {
  const limit = budget.limit[measure];
  if (limit === null) return null;
  const spent = budget.spent[measure];
  const reserved = budget.reserved[measure];
  const left = limit - spent - reserved;
  const format = (amount: number) => formatAmount(amount, measure);
  const words = strings.of(formatTick(spent, measure), format(limit));
  return (
    <div className="flex flex-col gap-2">
      <span className="flex items-baseline gap-2 font-mono text-xs">
        <span className="text-base text-ink">{words}</span>
        <span className="text-faint">{shareOf(spent, limit)}</span>
        <span className="flex-1" />
        <span className={left < 0 ? 'text-failure' : 'text-muted'}>
          {left < 0 ? strings.over(format(-left)) : strings.left(format(left))}
        </span>
      </span>
      <BudgetBar
        label={`${budget.name}: ${words}`}
        used={spent}
        reserved={reserved}
        limit={limit}
        most={Math.max(limit * 1.03, spent + reserved)}
        className="h-2.5 bg-sunken"
      />
      <span className="flex flex-wrap gap-x-3 text-faint text-xs">
        <span className="text-waiting">{strings.warnsAt(format(limit * warnShare))}</span>
        <span className="text-failure">{strings.stopsAt(format(limit))}</span>
        {reserved > 0 && <span>{strings.reserved(format(reserved))}</span>}
      </span>
    </div>
  );
}
