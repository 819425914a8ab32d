/** How a host reaches the models that agents call: what its data directory says, and what it hands to a worker of that. */
import { z } from 'zod';

export const modelKinds = ['anthropic', 'openai', 'openai-compatible'] as const;
export type ModelKind = (typeof modelKinds)[number];

/** What people call it: `anthropic`, `openai`, or a name of their own for another endpoint. */
export const providerNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'use lower-case letters, digits, “.”, “_” and “-”, such as “local”');

const providerSchema = z.strictObject({
  kind: z.enum(modelKinds),
  /** Null: the provider’s own. */
  baseUrl: z.string().min(1).max(2_000).nullable().default(null),
  /** Where its key is: in the keychain of the person, or it takes none. */
  key: z.enum(['keychain', 'none']),
  /** What members use who name no model. */
  model: z.string().min(1).max(120).nullable().default(null),
});
export type ProviderSettings = z.output<typeof providerSchema>;

/** Everything that a data directory knows of models but the keys. */
export const modelSettingsSchema = z.strictObject({
  providers: z.record(providerNameSchema, providerSchema),
});
export type ModelSettings = z.output<typeof modelSettingsSchema>;

/** US dollars for a million tokens. */
export const modelPriceSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Tokens that the provider kept from an earlier call; left out: as `input`. */
  cached_input: z.number().nonnegative().optional(),
  /** Tokens that it keeps for a later call; left out: one and a quarter of `input` at Anthropic, elsewhere as `input`. */
  cache_write: z.number().nonnegative().optional(),
  /** How many tokens it can see at once. */
  context: z.number().int().positive().optional(),
});
export type StatedPrice = z.output<typeof modelPriceSchema>;

const modelAccessSchema = z.object({
  provider: z.string(),
  kind: z.enum(modelKinds),
  baseUrl: z.string(),
  /** Null: it takes none. */
  key: z.string().nullable(),
  model: z.string().nullable(),
});
export type ModelAccess = z.output<typeof modelAccessSchema>;

/** What a worker is given beside its token, by the same way: nobody else can read it. */
export const workerHandoverSchema = z.object({
  /** Null: its runner calls no model. `refused`: why there is no access, for people. */
  model: z.union([modelAccessSchema, z.object({ refused: z.string() })]).nullable(),
  /** What the person says about prices, by model. */
  prices: z.record(z.string(), modelPriceSchema),
  /** The texts that prompts are made of, by name. */
  prompts: z.record(z.string(), z.string()),
});
export type WorkerHandover = z.output<typeof workerHandoverSchema>;

export const nothingToHandOver: WorkerHandover = { model: null, prices: {}, prompts: {} };
