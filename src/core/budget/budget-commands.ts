/** What can be asked about budgets and usage. */
import { z } from 'zod';
import { epicIdSchema, memberIdSchema, reservationIdSchema, seqSchema, taskIdSchema } from '../ids.ts';
import { microUsdSchema } from '../units.ts';

/** Far above any call, and small enough that sums stay exact. */
const tokensSchema = z.number().int().nonnegative().max(1_000_000_000);
const moneySchema = microUsdSchema.max(1_000_000_000_000);

export const budgetScopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('company') }),
  z.strictObject({ kind: z.literal('member'), memberId: memberIdSchema }),
  z.strictObject({ kind: z.literal('epic'), epicId: epicIdSchema }),
]);

/** Sets the limits that are named; null lifts one, and one that is left out stays as it is. */
export const setBudgetSchema = z.strictObject({
  type: z.literal('budget.set'),
  scope: budgetScopeSchema,
  money: microUsdSchema.nullable().optional(),
  tokens: z.number().int().nonnegative().nullable().optional(),
});

/** Every command names the lease under which the call is made. */
const held = { taskId: taskIdSchema, token: seqSchema };

/** Before a call to a model: keeps room for the most it can come to. Refused when a budget has no such room. */
export const reserveUsageSchema = z.strictObject({
  type: z.literal('usage.reserve'),
  ...held,
  model: z.string().trim().min(1).max(120),
  tokens: tokensSchema,
  money: moneySchema,
});

/** After the call: what it came to. */
export const settleUsageSchema = z.strictObject({
  type: z.literal('usage.settle'),
  reservationId: reservationIdSchema,
  tokensIn: tokensSchema,
  tokensOut: tokensSchema,
  money: moneySchema,
});

/** Gives the task back until there is room for a call like the one that was refused. */
export const awaitBudgetSchema = z.strictObject({
  type: z.literal('task.await_budget'),
  ...held,
  tokens: tokensSchema,
  money: moneySchema,
});

export const budgetCommandSchemas = [
  setBudgetSchema,
  reserveUsageSchema,
  settleUsageSchema,
  awaitBudgetSchema,
] as const;
