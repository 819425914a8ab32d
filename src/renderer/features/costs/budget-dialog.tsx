/** Sets what the company, a member or an epic may spend. */
import { useState } from 'react';
import type { BudgetView } from '../../../contract/usage.ts';
import type { AccountId, BudgetScope } from '../../../core/budget/budget.ts';
import type { MicroUsd } from '../../../core/units.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { microPerDollar, readMoney, readTokens } from './read-limit.ts';
import { strings } from './strings.ts';

export interface BudgetDialogProps {
  /** Whose is set first; null: closed. */
  of: AccountId | null;
  /** Those that are set. */
  budgets: readonly BudgetView[];
  onClose: () => void;
}

export function BudgetDialog({ of, budgets, onClose }: BudgetDialogProps) {
  return (
    <Dialog title={strings.set} closeLabel={strings.close} isOpen={of !== null} onClose={onClose}>
      {of !== null && <BudgetForm of={of} budgets={budgets} onClose={onClose} />}
    </Dialog>
  );
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly scope: BudgetScope;
}

function BudgetForm({ of, budgets, onClose }: BudgetDialogProps & { of: AccountId }) {
  const choices = useLive((state): Choice[] => [
    { key: 'company', name: strings.company, scope: { kind: 'company' } },
    ...[...state.members.values()]
      .filter(({ kind }) => kind === 'agent')
      .map(({ id, name }) => ({ key: id, name, scope: { kind: 'member', memberId: id } as const })),
    ...[...state.epics.values()]
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, title }) => ({ key: id, name: title, scope: { kind: 'epic', epicId: id } as const })),
  ]);
  const [key, setKey] = useState<string>(of);
  const [{ money, tokens }, type] = useState(() => limitsOf(budgets, of));
  // An empty field lifts a limit, so those that are set stand in theirs.
  const choose = (id: string) => {
    setKey(id);
    type(limitsOf(budgets, id));
  };
  const { run, pending, refusal } = useCommand();
  const chosen = choices.find((choice) => choice.key === key);
  const limits = { money: readMoney(money), tokens: readTokens(tokens) };
  const isWrong = limits.money === 'wrong' || limits.tokens === 'wrong';
  const set = async () => {
    if (!chosen || limits.money === 'wrong' || limits.tokens === 'wrong') return;
    const budget = { money: limits.money as MicroUsd | null, tokens: limits.tokens };
    if (!(await run({ type: 'budget.set', scope: chosen.scope, ...budget }))) return;
    toast('alive', strings.setDone(chosen.name));
    onClose();
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{strings.setMore}</p>
      <Select
        label={strings.forWhom}
        value={key}
        onChange={choose}
        options={choices.map((choice) => ({ value: choice.key, label: choice.name }))}
      />
      <Field
        label={strings.money}
        value={money}
        onChange={(text) => type({ money: text, tokens })}
        inputMode="decimal"
        error={limits.money === 'wrong' ? strings.notANumber : null}
      />
      <Field
        label={strings.tokensLimit}
        value={tokens}
        onChange={(text) => type({ money, tokens: text })}
        inputMode="numeric"
        error={limits.tokens === 'wrong' ? strings.notWhole : null}
      />
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <Button
        look="primary"
        className="self-end"
        isPending={pending}
        isDisabled={isWrong}
        onPress={() => void set()}
      >
        {strings.setAct}
      </Button>
    </div>
  );
}

function limitsOf(budgets: readonly BudgetView[], id: string): { money: string; tokens: string } {
  const limit = budgets.find((budget) => budget.id === id)?.limit;
  return {
    money: limit?.money == null ? '' : String(limit.money / microPerDollar),
    tokens: limit?.tokens == null ? '' : String(limit.tokens),
  };
}
