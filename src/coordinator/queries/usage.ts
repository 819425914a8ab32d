/** What was spent, grouped as asked, and how far each budget is used. */
import type { QueryParams } from '../../contract/queries.ts';
import type {
  BudgetState,
  BudgetView,
  UsageGroup,
  UsageRow,
  UsageTotal,
  UsageView,
} from '../../contract/usage.ts';
import type { BudgetScope, Usage } from '../../core/budget/budget.ts';
import { accountIdOf } from '../../core/budget/budget.ts';
import { accountOf, budgetOf, nearlyUsedUp, usedUp } from '../../core/budget/room.ts';
import type { CompanyState } from '../../core/state.ts';
import type { MicroUsd } from '../../core/units.ts';

const nothing: UsageTotal = { calls: 0, tokensIn: 0, tokensOut: 0, money: 0 as MicroUsd };

/** Stands for tasks, and their epics, that left the state: their days, models and members are still known. */
const ended = 'ended';

/** The most expensive first; days in their order. */
export function usageOf(state: CompanyState, { by }: QueryParams<'usage'>): UsageView {
  const groups = new Map<string | null, UsageTotal>();
  for (const one of state.usage.dump()) {
    const key = keyOf(one, by);
    groups.set(key, sum(groups.get(key) ?? nothing, one));
  }
  const rows = [...groups].map(([key, total]): UsageRow => ({ key, name: nameOf(state, by, key), ...total }));
  rows.sort((a, b) => (by === 'day' ? 0 : b.money - a.money) || (a.name < b.name ? -1 : 1));
  return { by, rows, total: rows.reduce(sum, nothing), budgets: budgetsOf(state) };
}

function keyOf(usage: Usage, by: UsageGroup): string | null {
  switch (by) {
    case 'task':
      return usage.taskId ?? ended;
    case 'model':
      return usage.model;
    case 'day':
      return usage.day;
    case 'member':
      return usage.memberId;
    case 'epic':
      return usage.taskId === null ? ended : usage.epicId;
  }
}

function nameOf(state: CompanyState, by: UsageGroup, key: string | null): string {
  if (key === null) return 'outside any epic';
  if (key === ended && (by === 'task' || by === 'epic')) return 'what ended long ago';
  const id = key as never;
  switch (by) {
    case 'task':
      return state.tasks.get(id)?.title ?? key;
    case 'member':
      return state.members.get(id)?.name ?? key;
    case 'epic':
      return state.epics.get(id)?.title ?? key;
    case 'model':
    case 'day':
      return key;
  }
}

function sum(a: UsageTotal, b: UsageTotal): UsageTotal {
  return {
    calls: a.calls + b.calls,
    tokensIn: a.tokensIn + b.tokensIn,
    tokensOut: a.tokensOut + b.tokensOut,
    money: (a.money + b.money) as MicroUsd,
  };
}

/** Those that are set: of the company, then of members, then of epics. */
export function budgetsOf(state: CompanyState): BudgetView[] {
  const scopes: BudgetScope[] = [
    { kind: 'company' },
    ...state.members.dump().map(({ id }) => ({ kind: 'member' as const, memberId: id })),
    ...state.epics.dump().map(({ id }) => ({ kind: 'epic' as const, epicId: id })),
  ];
  return scopes.flatMap((scope): BudgetView[] => {
    const limit = budgetOf(state, scope);
    if (limit.money === null && limit.tokens === null) return [];
    const id = accountIdOf(scope);
    const { spent, reserved } = accountOf(state, id);
    const kind = scope.kind === 'company' ? null : scope.kind;
    const name = kind === null ? (state.company?.name ?? '') : nameOf(state, kind, id);
    return [{ scope: scope.kind, id, name, limit, spent, reserved, state: stateOf(state, scope) }];
  });
}

function stateOf(state: CompanyState, scope: BudgetScope): BudgetState {
  if (usedUp(state, scope) !== null) return 'used_up';
  return nearlyUsedUp(state, scope).length > 0 ? 'nearly' : 'ok';
}
