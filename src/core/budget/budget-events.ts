/** What can have happened to budgets and to what is spent. */
import type { MicroUsd } from '../units.ts';
import type { Budget, BudgetScope, Reservation } from './budget.ts';

export type BudgetEvent =
  /** Null: without a limit from now on. */
  | { readonly type: 'budget.set'; readonly scope: BudgetScope; readonly budget: Budget | null }
  /** Four fifths of a limit are spent; said once for each limit. In micro dollars, or tokens. */
  | {
      readonly type: 'budget.warned';
      readonly scope: BudgetScope;
      readonly measure: 'money' | 'tokens';
      readonly spent: number;
      readonly limit: number;
    }
  | { readonly type: 'usage.reserved'; readonly reservation: Reservation }
  /** What the call came to; `lease_ended`: nobody said, so it counts with all that was reserved. */
  | {
      readonly type: 'usage.settled';
      readonly reservation: Reservation;
      readonly tokensIn: number;
      readonly tokensOut: number;
      readonly money: MicroUsd;
      readonly because: 'reported' | 'lease_ended';
    };
