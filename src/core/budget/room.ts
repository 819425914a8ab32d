/** Whether a budget has room for a call, and what it says when it has none. */
import type { EpicId, MemberId } from '../ids.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { CompanyState } from '../state.ts';
import type { MicroUsd } from '../units.ts';
import type { Account, AccountId, Amount, Budget, BudgetScope } from './budget.ts';
import { accountIdOf, nearlyUsedUpAt } from './budget.ts';

/** For whom and for what something is spent. */
export interface Spender {
  readonly memberId: MemberId;
  readonly epicId: EpicId | null;
}

const nothing: Amount = { money: 0 as MicroUsd, tokens: 0 };
const noBudget: Budget = { money: null, tokens: null };

/** Every scope whose budget a call counts against, the narrowest first. */
export function scopesOf({ memberId, epicId }: Spender): BudgetScope[] {
  const epic: BudgetScope[] = epicId === null ? [] : [{ kind: 'epic', epicId }];
  return [{ kind: 'member', memberId }, ...epic, { kind: 'company' }];
}

export function budgetOf(state: CompanyState, scope: BudgetScope): Budget {
  switch (scope.kind) {
    case 'company':
      return state.company?.budget ?? noBudget;
    case 'member':
      return state.members.get(scope.memberId)?.budget ?? noBudget;
    case 'epic':
      return state.epics.get(scope.epicId)?.budget ?? noBudget;
  }
}

export function accountOf(state: CompanyState, id: AccountId): Account {
  return state.accounts.get(id) ?? { id, spent: nothing, reserved: nothing, warned: noBudget };
}

/** Null: every budget has room for it. */
export function refusalToSpend(state: CompanyState, spender: Spender, wanted: Amount): Refusal | null {
  for (const scope of scopesOf(spender)) {
    const words = exceededBy(state, scope, wanted);
    if (words === null) continue;
    return refusal('BUDGET_EXCEEDED', `The call was refused: ${words}; have the budget raised`, {
      scope,
      wanted,
    });
  }
  return null;
}

/** Why nobody need begin anything within the scope: nothing is left; null: something is, or there is no limit. */
export function usedUp(state: CompanyState, scope: BudgetScope): string | null {
  const { money, tokens } = budgetOf(state, scope);
  const { spent } = accountOf(state, accountIdOf(scope));
  const name = nameOfScope(state, scope);
  if (money !== null && spent.money >= money) return `the budget of ${name} is used up: ${dollars(money)}`;
  if (tokens !== null && spent.tokens >= tokens) return `the budget of ${name} is used up: ${tokens} tokens`;
  return null;
}

/** The limits of the scope of which so much is spent that people are told. */
export function nearlyUsedUp(state: CompanyState, scope: BudgetScope): ('money' | 'tokens')[] {
  const budget = budgetOf(state, scope);
  const { spent } = accountOf(state, accountIdOf(scope));
  return (['money', 'tokens'] as const).filter((measure) => {
    const limit = budget[measure];
    return (
      limit !== null &&
      spent[measure] > 0 &&
      spent[measure] * nearlyUsedUpAt.of >= limit * nearlyUsedUpAt.parts
    );
  });
}

function exceededBy(state: CompanyState, scope: BudgetScope, wanted: Amount): string | null {
  const limit = budgetOf(state, scope);
  const { spent, reserved } = accountOf(state, accountIdOf(scope));
  const name = nameOfScope(state, scope);
  const money = spent.money + reserved.money;
  if (limit.money !== null && money + wanted.money > limit.money) {
    return `${dollars(wanted.money)} more would exceed the budget of ${name}: ${dollars(money)} of ${dollars(limit.money)} are spent or reserved`;
  }
  const tokens = spent.tokens + reserved.tokens;
  if (limit.tokens !== null && tokens + wanted.tokens > limit.tokens) {
    return `${wanted.tokens} more tokens would exceed the budget of ${name}: ${tokens} of ${limit.tokens} are spent or reserved`;
  }
  return null;
}

/** Whose budget it is, in words. */
export function nameOfScope(state: CompanyState, scope: BudgetScope): string {
  switch (scope.kind) {
    case 'company':
      return 'the company';
    case 'member':
      return state.members.get(scope.memberId)?.name ?? scope.memberId;
    case 'epic':
      return `epic "${state.epics.get(scope.epicId)?.title ?? scope.epicId}"`;
  }
}

/** `$1.50`; a fraction of a cent is shown, too. */
export function dollars(amount: number): string {
  const whole = amount / 1_000_000;
  return `$${Number.isInteger(whole * 100) ? whole.toFixed(2) : String(whole)}`;
}
