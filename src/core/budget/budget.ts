/** What may be spent and what was: limits, the calls that are under way, and the totals. */
import type { EpicId, MemberId, ReservationId, Seq, TaskId } from '../ids.ts';
import type { EpochMs, MicroUsd } from '../units.ts';

/** Null: without a limit. */
export interface Budget {
  readonly money: MicroUsd | null;
  readonly tokens: number | null;
}

/** Of a limit: once so many parts of it are spent, people are told that it is nearly used up. */
export const nearlyUsedUpAt = { parts: 4, of: 5 } as const;

/** Money and tokens together; tokens are those in and out. */
export interface Amount {
  readonly money: MicroUsd;
  readonly tokens: number;
}

export type BudgetScope =
  | { readonly kind: 'company' }
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | { readonly kind: 'epic'; readonly epicId: EpicId };

/** `company`, or the id of the member or the epic. */
export type AccountId = 'company' | MemberId | EpicId;

/** What was spent within one scope. */
export interface Account {
  readonly id: AccountId;
  readonly spent: Amount;
  /** Of the calls that are under way. */
  readonly reserved: Amount;
  /** The limits of which it was said already that they are nearly used up. */
  readonly warned: Budget;
}

/** Room for one call to a model, kept until the call is over or the lease ends. */
export interface Reservation extends Amount {
  readonly id: ReservationId;
  readonly memberId: MemberId;
  readonly taskId: TaskId;
  readonly epicId: EpicId | null;
  /** Of the lease under which it was made. */
  readonly token: Seq;
  readonly model: string;
  readonly at: EpochMs;
}

/** What the calls of one member to one model for one task, or for all that ended long ago, came to on one day. */
export interface Usage {
  readonly id: string;
  /** In UTC: `2026-11-22`. */
  readonly day: string;
  readonly model: string;
  /** Null: of tasks that ended long ago and left the state, whose epics have no total any more. */
  readonly taskId: TaskId | null;
  readonly epicId: EpicId | null;
  readonly memberId: MemberId;
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly money: MicroUsd;
}

export function accountIdOf(scope: BudgetScope): AccountId {
  switch (scope.kind) {
    case 'company':
      return 'company';
    case 'member':
      return scope.memberId;
    case 'epic':
      return scope.epicId;
  }
}
