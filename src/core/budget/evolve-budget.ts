/** Folds what happened to budgets and to what is spent. */
import { changeCompany } from '../org/evolve-org.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs, MicroUsd } from '../units.ts';
import type { AccountId, Amount, Budget, BudgetScope, Usage } from './budget.ts';
import { accountIdOf } from './budget.ts';
import type { BudgetEvent } from './budget-events.ts';
import { dayOf } from './day.ts';
import { accountOf, scopesOf } from './room.ts';

export function evolveBudget(state: CompanyState, event: BudgetEvent, at: EpochMs): void {
  switch (event.type) {
    case 'budget.set':
      return setBudget(state, event.scope, event.budget);
    case 'budget.warned': {
      const account = accountOf(state, accountIdOf(event.scope));
      const warned = { ...account.warned, [event.measure]: event.limit };
      state.accounts.put({ ...account, warned });
      return;
    }
    case 'usage.reserved': {
      const { reservation } = event;
      state.reservations.put(reservation);
      for (const scope of scopesOf(reservation)) charge(state, accountIdOf(scope), none, reservation);
      return;
    }
    case 'usage.settled': {
      const { reservation, money, tokensIn, tokensOut } = event;
      const spent = { money, tokens: tokensIn + tokensOut };
      const freed = { money: -reservation.money as MicroUsd, tokens: -reservation.tokens };
      state.reservations.delete(reservation.id);
      for (const scope of scopesOf(reservation)) charge(state, accountIdOf(scope), spent, freed);
      addUsage(state, event, at);
      return;
    }
  }
}

const none: Amount = { money: 0 as MicroUsd, tokens: 0 };

function setBudget(state: CompanyState, scope: BudgetScope, budget: Budget | null): void {
  if (scope.kind === 'company') return changeCompany(state, { budget });
  if (scope.kind === 'member') {
    const member = state.members.get(scope.memberId);
    if (member) state.members.put({ ...member, budget });
    return;
  }
  const epic = state.epics.get(scope.epicId);
  if (epic) state.epics.put({ ...epic, budget });
}

function charge(state: CompanyState, id: AccountId, spent: Amount, reserved: Amount): void {
  const account = accountOf(state, id);
  state.accounts.put({
    ...account,
    spent: sum(account.spent, spent),
    reserved: sum(account.reserved, reserved),
  });
}

function sum(a: Amount, b: Amount): Amount {
  return { money: (a.money + b.money) as MicroUsd, tokens: a.tokens + b.tokens };
}

function addUsage(
  state: CompanyState,
  { reservation, tokensIn, tokensOut, money }: Extract<BudgetEvent, { type: 'usage.settled' }>,
  at: EpochMs,
): void {
  const { model, taskId, epicId, memberId } = reservation;
  const day = dayOf(at);
  const id = `${day} ${taskId} ${memberId} ${model}`;
  const before: Usage | undefined = state.usage.get(id);
  state.usage.put({
    id,
    day,
    model,
    taskId,
    epicId,
    memberId,
    calls: (before?.calls ?? 0) + 1,
    tokensIn: (before?.tokensIn ?? 0) + tokensIn,
    tokensOut: (before?.tokensOut ?? 0) + tokensOut,
    money: ((before?.money ?? 0) + money) as MicroUsd,
  });
}
