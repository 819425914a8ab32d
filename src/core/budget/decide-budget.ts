/** Decides what is asked about budgets: limits, room for a call, and what the call came to. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import { requireMember } from '../org/membership.ts';
import { throwIfRefused } from '../refusal.ts';
import { requireEpic } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { epicIdOf } from '../task/belonging.ts';
import { requireLease } from '../task/lease.ts';
import type { Budget } from './budget.ts';
import type { BudgetEvent } from './budget-events.ts';
import { budgetOf, refusalToSpend } from './room.ts';

/** @throws CoordError `NOT_FOUND` - the member or the epic */
export function decideSetBudget(
  state: CompanyState,
  { scope, ...limits }: CommandOf<'budget.set'>,
): BudgetEvent[] {
  if (scope.kind === 'member') requireMember(state, scope.memberId);
  if (scope.kind === 'epic') requireEpic(state, scope.epicId);
  const before = budgetOf(state, scope);
  const { money = before.money, tokens = before.tokens } = limits;
  if (before.money === money && before.tokens === tokens) return [];
  const budget: Budget | null = money === null && tokens === null ? null : { money, tokens };
  return [{ type: 'budget.set', scope, budget }];
}

/** @throws CoordError `LEASE_LOST`; `BUDGET_EXCEEDED` - nothing may be called */
export function decideReserveUsage(
  state: CompanyState,
  command: CommandOf<'usage.reserve'>,
  context: Context,
): BudgetEvent[] {
  const { task, lease, member } = requireLease(state, command, context);
  const { model, money, tokens } = command;
  const spender = { memberId: member.id, epicId: epicIdOf(state, task) };
  throwIfRefused(refusalToSpend(state, spender, { money, tokens }));
  const id = context.newId('reservation');
  const { token } = lease;
  const reservation = { id, ...spender, taskId: task.id, token, model, money, tokens, at: context.now };
  return [{ type: 'usage.reserved', reservation }];
}

/**
 * A call that came to more than was reserved is counted in full: it has happened.
 * @throws CoordError `NOT_FOUND` - it was settled, by its holder or at the end of the lease; `FORBIDDEN` - another's
 */
export function decideSettleUsage(
  state: CompanyState,
  { reservationId, tokensIn, tokensOut, money }: CommandOf<'usage.settle'>,
  context: Context,
): BudgetEvent[] {
  const member = actingMember(state, context);
  const reservation = state.reservations.get(reservationId);
  if (!reservation) {
    throw new CoordError(
      'NOT_FOUND',
      `There is no open reservation ${reservationId}: it was settled, or counted in full when its lease ended`,
      { reservationId },
    );
  }
  if (reservation.memberId !== member.id) {
    throw new CoordError('FORBIDDEN', `Only whoever reserved ${reservationId} may settle it`, {
      reservationId,
    });
  }
  const amounts = { tokensIn, tokensOut, money };
  return [{ type: 'usage.settled', reservation, ...amounts, because: 'reported' }];
}

/**
 * The task waits for its budget; when there is room by now, it is only given back.
 * @throws CoordError `LEASE_LOST`
 */
export function decideAwaitBudget(
  state: CompanyState,
  command: CommandOf<'task.await_budget'>,
  context: Context,
): CompanyEvent[] {
  const { task, member } = requireLease(state, command, context);
  const { money, tokens } = command;
  const against = refusalToSpend(
    state,
    { memberId: member.id, epicId: epicIdOf(state, task) },
    { money, tokens },
  );
  if (!against) {
    return [{ type: 'task.released', taskId: task.id, reason: 'the budget has room for it by now' }];
  }
  const awaits = { memberId: member.id, money, tokens };
  return [{ type: 'task.budget_awaited', taskId: task.id, awaits, reason: against.message }];
}
