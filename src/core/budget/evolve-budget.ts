/** Folds what happened to budgets and to what is spent. */
import { changeCompany } from '../org/evolve-org.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs, MicroUsd } from '../units.ts';
import type { AccountId, Amount, Budget, BudgetScope } from './budget.ts';
import { accountIdOf } from './budget.ts';
import type { BudgetEvent } from './budget-events.ts';
import { dayOf } from './day.ts';
import { accountOf, scopesOf } from './room.ts';
import { addUsage } from './usage.ts';

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
      const { model, taskId, epicId, memberId } = reservation;
      const call = { day: dayOf(at), model, taskId, epicId, memberId, calls: 1, tokensIn, tokensOut, money };
      addUsage(state, call);
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
