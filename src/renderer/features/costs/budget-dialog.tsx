/** Sets what the company, a member or an epic may spend. */
import { useState } from 'react';
import type { BudgetScope } from '../../../core/budget/budget.ts';
import type { MicroUsd } from '../../../core/units.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { readMoney, readTokens } from './read-limit.ts';
import { strings } from './strings.ts';

export function BudgetDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title={strings.set} closeLabel={strings.close} isOpen={isOpen} onClose={onClose}>
      <BudgetForm onClose={onClose} />
    </Dialog>
  );
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly scope: BudgetScope;
}

function BudgetForm({ onClose }: { onClose: () => void }) {
  const choices = useLive((state): Choice[] => [
    { key: 'company', name: strings.company, scope: { kind: 'company' } },
    ...[...state.members.values()]
      .filter(({ kind }) => kind === 'agent')
      .map(({ id, name }) => ({ key: id, name, scope: { kind: 'member', memberId: id } as const })),
    ...[...state.epics.values()]
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id, title }) => ({ key: id, name: title, scope: { kind: 'epic', epicId: id } as const })),
  ]);
  const [key, setKey] = useState('company');
  const [money, setMoney] = useState('');
  const [tokens, setTokens] = useState('');
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
        onChange={setKey}
        options={choices.map((choice) => ({ value: choice.key, label: choice.name }))}
      />
      <Field
        label={strings.money}
        value={money}
        onChange={setMoney}
        inputMode="decimal"
        error={limits.money === 'wrong' ? strings.notANumber : null}
      />
      <Field
        label={strings.tokensLimit}
        value={tokens}
        onChange={setTokens}
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
