/** What the work costs: by epic, member, model, day or task, and against the budgets. */
import { useState } from 'react';
import type { UsageGroup, UsageView } from '../../../contract/usage.ts';
import type { AccountId } from '../../../core/budget/budget.ts';
import type { CompanyState } from '../../../core/state.ts';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive } from '../../lib/company-context.tsx';
import { formatMoney, formatNumber, formatTokens } from '../../lib/format.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { BudgetDialog } from './budget-dialog.tsx';
import { BudgetList } from './budget-list.tsx';
import { strings } from './strings.ts';
import { UsageChart } from './usage-chart.tsx';

const groups: readonly UsageGroup[] = ['epic', 'member', 'model', 'day', 'task'];

export function CostsScreen() {
  const [by, setBy] = useState<UsageGroup>('epic');
  const [setting, setSetting] = useState<AccountId | 'new' | null>(null);
  useActs({ 'costs.budget': () => setSetting('new') });
  const standing = useLive(standingOf);
  const { answer: usage, refusal } = useAsked('usage', { by }, [standing]);
  return (
    <Page
      title={strings.title}
      beside={
        <div className="pl-2">
          <Segmented
            label={strings.by}
            value={by}
            onChange={setBy}
            segments={groups.map((value) => ({ value, label: strings.groups[value] }))}
          />
        </div>
      }
      actions={
        <Button icon="plus" onPress={() => setSetting('new')}>
          {strings.set}
        </Button>
      }
    >
      <BudgetDialog
        of={setting === 'new' ? 'company' : setting}
        budgets={usage?.budgets ?? []}
        onClose={() => setSetting(null)}
      />
      <div className="flex flex-col gap-7 p-6 max-md:p-4">
        {refusal !== null && <Notice tone="failure">{refusal}</Notice>}
        {!usage && refusal === null && <Skeleton label={strings.loading} rows={5} />}
        {usage && usage.total.calls > 0 && (
          <>
            <Totals usage={usage} />
            <UsageChart usage={usage} />
          </>
        )}
        {usage && usage.total.calls === 0 && (
          <EmptyState isWithin title={strings.empty}>
            {strings.emptyMore}
          </EmptyState>
        )}
        {usage && (
          <section aria-labelledby="budgets">
            <h2 id="budgets" className="mb-2 font-semibold text-base">
              {strings.budgets}
            </h2>
            <BudgetList budgets={usage.budgets} onChange={({ id }) => setSetting(id)} />
          </section>
        )}
      </div>
    </Page>
  );
}

/** Another text after each call that is begun or settled, and after each budget that is set. */
function standingOf(state: CompanyState): string {
  const accounts = [...state.accounts.values()].map(({ id, spent, reserved }) => [id, spent, reserved]);
  const limits = [
    state.company?.budget,
    ...[...state.members.values()].map(({ budget }) => budget),
    ...[...state.epics.values()].map(({ budget }) => budget),
  ];
  return JSON.stringify([accounts, limits.filter(Boolean)]);
}

function Totals({ usage: { total, budgets } }: { usage: UsageView }) {
  const company = budgets.find(({ scope }) => scope === 'company');
  const limit = company?.limit.money ?? null;
  const figures = [
    [strings.total, formatMoney(total.money)],
    [strings.calls, formatNumber(total.calls)],
    [strings.tokens, `${formatTokens(total.tokensIn)} + ${formatTokens(total.tokensOut)}`],
    ...(company && limit !== null
      ? [[strings.budgetLeft, formatMoney(Math.max(0, limit - company.spent.money))] as const]
      : []),
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {figures.map(([name, figure]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-faint text-xs">{name}</dt>
          <dd className="font-mono text-xl">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
