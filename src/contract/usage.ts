/** What was spent and what is left, and which workers have gone silent: the answers of the queries `usage` and `hung`. */
import type { AccountId, Amount, Budget } from '../core/budget/budget.ts';
import type { Member } from '../core/org/org.ts';
import type { Task } from '../core/task/task.ts';
import type { DurationMs, MicroUsd } from '../core/units.ts';
import type { Worker } from '../core/worker/worker.ts';

export const usageGroups = ['task', 'model', 'day', 'member', 'epic'] as const;
export type UsageGroup = (typeof usageGroups)[number];

export interface UsageTotal {
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly money: MicroUsd;
}

export interface UsageRow extends UsageTotal {
  /** An id, a model or a day; null: outside any epic; `ended`: of tasks, or their epics, that ended long ago, together. */
  readonly key: string | null;
  /** What people call it. */
  readonly name: string;
}

export type BudgetState = 'ok' | 'nearly' | 'used_up';

/** A budget that was set, and how far it is used. */
export interface BudgetView {
  readonly scope: 'company' | 'member' | 'epic';
  readonly id: AccountId;
  readonly name: string;
  readonly limit: Budget;
  readonly spent: Amount;
  readonly reserved: Amount;
  /** Four fifths of a limit are spent (`nearly`), or all of it: no further call is made (`used_up`). */
  readonly state: BudgetState;
}

export interface UsageView {
  readonly by: UsageGroup;
  readonly rows: readonly UsageRow[];
  readonly total: UsageTotal;
  readonly budgets: readonly BudgetView[];
}

/** A live worker that nobody has heard of for a while. */
export interface HungSuspect {
  readonly worker: Worker;
  /** Null: it has left. */
  readonly member: Member | null;
  readonly silentFor: DurationMs;
  /** The company has declared it hung, so its tasks are others'. */
  readonly declared: boolean;
  readonly tasks: readonly Task[];
  /** In words. */
  readonly whatToDo: string;
}
