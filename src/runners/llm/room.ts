/** How much a model can be told: what it sees at once, without its answer and what its tools take. */
import { z } from 'zod';
import { CoordError } from '../../core/error.ts';
import { estimate } from './paid-calls.ts';
import type { LlmTool } from './tools/tool.ts';
import { shortened } from './tools/tool.ts';

/** With less a task can’t be told, much less done. In tokens. */
const leastRoom = 1_000;
const usualAnswer = 8_192;

/** In tokens, of one answer at most, when nobody says: a quarter of what the model sees, so that the rest is for the task. */
export function answerFor(context: number): number {
  return Math.min(usualAnswer, Math.floor(context / 4));
}

/**
 * @param context what it sees at once, and `answer` what is kept for its answer, in tokens
 * @throws CoordError `RUNNER_FAILED` - nothing would be left for the task
 */
export function roomFor(
  model: string,
  { context, answer }: { readonly context: number; readonly answer: number },
  tools: readonly LlmTool[],
): number {
  const described = estimate(
    tools.map(({ name, description, input }) => [name, description, z.toJSONSchema(input, { io: 'input' })]),
  );
  // A tenth is kept for what an estimate may be wrong by.
  const room = Math.floor(context * 0.9) - answer - described;
  if (room >= leastRoom) return room;
  throw new CoordError(
    'RUNNER_FAILED',
    `${model} sees ${context} tokens at once; with ${answer} kept for its answer (max_output_tokens) and about ${described} for its tools, nothing is left for a task. Lower max_output_tokens at the member, name a model that sees more, or say as context how much this one sees`,
  );
}

/** Keeps the beginning and the end of what would take more. @param most in tokens */
export function fitted(text: string, most: number): string {
  const size = estimate(text);
  return size <= most ? text : shortened(text, Math.floor((text.length * most) / size));
}
