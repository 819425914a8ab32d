/** What an agent says at the end of its turn, over the Agent Client Protocol, that it used in all. */
import { z } from 'zod';
import type { AgentUsage } from './agent-turn.ts';

const tokens = z
  .number()
  .int()
  .nonnegative()
  .nullish()
  .transform((count) => count ?? 0);

/** As the draft of the protocol has it: what was read again is counted beside the rest. opencode and Claude Code say it so. */
const usageSchema = z.object({
  usage: z.object({
    inputTokens: tokens,
    outputTokens: tokens,
    thoughtTokens: tokens,
    cachedReadTokens: tokens,
    cachedWriteTokens: tokens,
  }),
});

/** As Gemini CLI says it. */
const quotaSchema = z.object({
  _meta: z.object({
    quota: z.object({ token_count: z.object({ input_tokens: tokens, output_tokens: tokens }) }),
  }),
});

/** Null: it says nothing that can be read. */
export function usedInTurn(response: unknown): Pick<AgentUsage, 'tokensIn' | 'tokensOut'> | null {
  const used = inUsage(response) ?? inQuota(response);
  return used && used.tokensIn + used.tokensOut > 0 ? used : null;
}

function inUsage(response: unknown) {
  const read = usageSchema.safeParse(response);
  if (!read.success) return null;
  const { inputTokens, outputTokens, thoughtTokens, cachedReadTokens, cachedWriteTokens } = read.data.usage;
  return {
    tokensIn: inputTokens + cachedReadTokens + cachedWriteTokens,
    tokensOut: outputTokens + thoughtTokens,
  };
}

function inQuota(response: unknown) {
  const read = quotaSchema.safeParse(response);
  if (!read.success) return null;
  const { input_tokens: tokensIn, output_tokens: tokensOut } = read.data._meta.quota.token_count;
  return { tokensIn, tokensOut };
}
