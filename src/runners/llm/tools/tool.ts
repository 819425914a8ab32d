/** What a model can do: each tool with its input, checked before it runs, and an answer in words. */
import type { z } from 'zod';
import type { RunResult } from '../../../contract/runner.ts';
import type { Fence } from '../fence.ts';

/** What a tool did. */
export type ToolEnd =
  | { readonly says: string }
  /** The run is over. */
  | { readonly result: RunResult };

export interface LlmTool {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType;
  /** @throws CoordError - a refusal, which the model reads */
  run(input: unknown): Promise<ToolEnd>;
}

export function defineTool<Schema extends z.ZodType>(
  name: string,
  description: string,
  input: Schema,
  run: (input: z.output<Schema>) => Promise<ToolEnd | string>,
): LlmTool {
  return {
    name,
    description,
    input,
    run: async (given) => {
      const end = await run(input.parse(given));
      return typeof end === 'string' ? { says: end } : end;
    },
  };
}

/** What is longer keeps its beginning and its end. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n… ${text.length - most} characters left out …\n${text.slice(-half)}`;
}

/** Several things in a fence of their own each. */
export function fencedAll(fence: Fence, parts: readonly { what: string; text: string }[]): string {
  return parts.map(({ what, text }) => fence(what, text)).join('\n\n');
}
