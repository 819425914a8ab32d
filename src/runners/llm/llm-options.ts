/** What can be said about an `llm` runner. */
import { z } from 'zod';
import { modelPriceSchema, providerNameSchema } from '../../contract/model-access.ts';
import { durationTextSchema } from '../../core/org/duration-text.ts';

export const llmOptionsSchema = z.strictObject({
  provider: providerNameSchema.default('anthropic'),
  /** Left out: the one that was set for the provider. */
  model: z.string().min(1).max(120).optional(),
  /** Where the provider answers; left out: where it was set to. */
  base_url: z.string().min(1).max(2_000).optional(),
  /** Answers of the model in one attempt at most. */
  max_turns: z.number().int().min(1).max(1_000).default(60),
  /** Tokens of one answer at most; left out: 8,192, or a quarter of what the model sees at once. */
  max_output_tokens: z.number().int().min(16).max(200_000).optional(),
  /** How many tokens the model can see at once; left out: as the price table has it. */
  context: z.number().int().min(1_000).optional(),
  /** What it costs, where no table knows or another price was agreed on. */
  price: modelPriceSchema.optional(),
  /** Programs it may run, each with its arguments; `*` as the last word stands for any further ones. */
  allowed_commands: z.array(z.string().trim().min(1).max(500)).max(100).default([]),
  /** How long one of them may take. */
  command_timeout: durationTextSchema.prefault('5m'),
  /** How long the provider may say nothing before the call is given up. */
  call_timeout: durationTextSchema.prefault('2m'),
  /** It may look at the company's files, and change none. */
  read_only: z.boolean().default(false),
  /** The name of the text that its prompt is made of. */
  prompt: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)
    .default('task'),
});
