/** What the work behind a gate came to: money, tokens, attempts and the time that they took. */
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import { useLive } from '../../lib/company-context.tsx';
import { formatDuration, formatMoney, formatNumber, formatTokens } from '../../lib/format.ts';
import { strings } from './strings.ts';

export function CostFacts({ sources }: { sources: readonly Task[] }) {
  const { money, tokens, attempts, took } = useLive((state) => costOf(state, sources));
  if (sources.length === 0) return null;
  const facts = [
    [strings.costMoney, formatMoney(money)],
    [strings.costTokens, formatTokens(tokens)],
    [strings.costAttempts, formatNumber(attempts)],
    [strings.costTime, formatDuration(took)],
  ] as const;
  return (
    <section aria-label={strings.cost}>
      <h3 className="mb-1.5 font-semibold">{strings.cost}</h3>
      <dl className="flex flex-wrap gap-x-8 gap-y-2 rounded-md border border-line bg-surface px-3 py-2">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="font-mono">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function costOf(state: CompanyState, sources: readonly Task[]) {
  const sum = { money: 0, tokens: 0, attempts: 0, took: 0 };
  for (const { id, attempts } of sources) {
    for (const { money, tokensIn, tokensOut } of state.index.usageByTask.get(id)) {
      sum.money += money;
      sum.tokens += tokensIn + tokensOut;
    }
    sum.attempts += attempts.length;
    for (const { startedAt, endedAt } of attempts) sum.took += (endedAt ?? startedAt) - startedAt;
  }
  return sum;
}
