/** What `--json` says of usage and budgets. Money is in US dollars; what is not there is null. */
import type { BudgetState, BudgetView, UsageGroup, UsageTotal, UsageView } from '../../contract/usage.ts';

interface TotalDocument {
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly money: number;
}

interface MeasureDocument {
  /** Null: without a limit. */
  readonly limit: number | null;
  readonly spent: number;
  /** Of the calls that are under way. */
  readonly reserved: number;
}

export interface BudgetDocument {
  readonly scope: 'company' | 'member' | 'epic';
  readonly id: string;
  readonly name: string;
  readonly money: MeasureDocument;
  readonly tokens: MeasureDocument;
  /** `nearly`: four fifths of a limit are spent; `used_up`: no further call is made. */
  readonly state: BudgetState;
}

export interface UsageDocument {
  readonly by: UsageGroup;
  /** `key`: an id, a model or a day; null for what belongs to no epic. */
  readonly usage: readonly (TotalDocument & { readonly key: string | null; readonly name: string })[];
  readonly total: TotalDocument;
  readonly budgets: readonly BudgetDocument[];
}

export function usageDocument({ by, rows, total, budgets }: UsageView): UsageDocument {
  return {
    by,
    usage: rows.map((row) => ({ key: row.key, name: row.name, ...totalDocument(row) })),
    total: totalDocument(total),
    budgets: budgets.map(budgetDocument),
  };
}

export function budgetDocument({
  scope,
  id,
  name,
  limit,
  spent,
  reserved,
  state,
}: BudgetView): BudgetDocument {
  return {
    scope,
    id,
    name,
    money: {
      limit: limit.money === null ? null : dollars(limit.money),
      spent: dollars(spent.money),
      reserved: dollars(reserved.money),
    },
    tokens: { limit: limit.tokens, spent: spent.tokens, reserved: reserved.tokens },
    state,
  };
}

function totalDocument({ calls, tokensIn, tokensOut, money }: UsageTotal): TotalDocument {
  return { calls, tokensIn, tokensOut, money: dollars(money) };
}

const dollars = (money: number): number => money / 1_000_000;
