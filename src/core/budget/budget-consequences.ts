/** What follows for budgets: calls that end with their lease, warnings, and tasks that waited for room. */
import type { CompanyEvent } from '../event.ts';
import type { TaskId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { epicIdOf } from '../task/belonging.ts';
import { inOrder } from '../task/in-order.ts';
import { leaseEndedBy } from '../task/lease-end.ts';
import type { BudgetScope } from './budget.ts';
import { accountIdOf } from './budget.ts';
import type { BudgetEvent } from './budget-events.ts';
import { accountOf, budgetOf, nearlyUsedUp, refusalToSpend, scopesOf } from './room.ts';

export function budgetConsequences(state: CompanyState, event: BudgetEvent): CompanyEvent[] {
  switch (event.type) {
    case 'budget.set':
      return [...warnings(state, event.scope), ...readyAgain(state)];
    case 'usage.settled':
      return [
        ...scopesOf(event.reservation).flatMap((scope) => warnings(state, scope)),
        ...readyAgain(state),
      ];
    case 'usage.reserved':
    case 'budget.warned':
      return [];
  }
}

/** Tasks for whose next call there is room now: because a budget was raised, or less was spent than reserved. */
export function readyAgain(state: CompanyState): CompanyEvent[] {
  return [...state.index.tasksAwaitingBudget.get(true)]
    .filter((task) => {
      const { awaitsBudget } = task;
      if (!awaitsBudget) return false;
      const { memberId } = awaitsBudget;
      const epicId = epicIdOf(state, task);
      // Whoever it waited for has left: somebody else has another budget.
      return !state.members.get(memberId) || !refusalToSpend(state, { memberId, epicId }, awaitsBudget);
    })
    .sort(inOrder)
    .map(({ id }) => ({ type: 'task.readied', taskId: id }));
}

/** With a lease ends every call that was made under it. */
export function callsLeftOpen(state: CompanyState, event: CompanyEvent): BudgetEvent[] {
  const taskId = leaseEndedBy(event);
  return taskId === null ? [] : settleOpenCalls(state, taskId);
}

/** Nobody will say what its calls came to: they count with all that was reserved. */
function settleOpenCalls(state: CompanyState, taskId: TaskId): BudgetEvent[] {
  return [...state.index.reservationsByTask.get(taskId)]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((reservation) => ({
      type: 'usage.settled',
      reservation,
      tokensIn: reservation.tokens,
      tokensOut: 0,
      money: reservation.money,
      because: 'lease_ended',
    }));
}

/** At four fifths of a limit, once for each limit. */
function warnings(state: CompanyState, scope: BudgetScope): BudgetEvent[] {
  const budget = budgetOf(state, scope);
  const { spent, warned } = accountOf(state, accountIdOf(scope));
  return nearlyUsedUp(state, scope).flatMap((measure): BudgetEvent[] => {
    const limit = budget[measure];
    const isNews = limit !== null && warned[measure] !== limit;
    return isNews ? [{ type: 'budget.warned', scope, measure, spent: spent[measure], limit }] : [];
  });
}
