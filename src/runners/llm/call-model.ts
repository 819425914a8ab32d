/** One call to a model, streamed: what it says line by line, and at the end the whole answer and what it used. */
import type { FinishReason, LanguageModel, LanguageModelUsage, ModelMessage, ToolSet } from 'ai';
import { streamText } from 'ai';
import type { DurationMs } from '../../core/units.ts';
import type { CallUsage } from './model-price.ts';

export interface Question {
  readonly model: LanguageModel;
  readonly instructions: string;
  readonly messages: readonly ModelMessage[];
  /** Only described to the model: whoever asks carries them out. */
  readonly tools: ToolSet;
  readonly maxOutputTokens: number;
  /** How long it may say nothing. */
  readonly patience: DurationMs;
  readonly signal: AbortSignal;
  /** Whole lines of its text, as they come. */
  readonly onLine: (line: string) => void;
}

export interface ToolRequest {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** What is wrong with it; null: it fits the tool's schema. */
  readonly fault: string | null;
}

export interface Answer {
  readonly text: string;
  readonly requests: readonly ToolRequest[];
  /** What it said, as the next call tells it again. */
  readonly said: readonly ModelMessage[];
  readonly usage: CallUsage;
  readonly finish: FinishReason;
}

/** The provider said nothing for too long. */
export class ModelSilent extends Error {
  override readonly name = 'ModelSilent';
}

/** The answer broke off, or made no sense. */
export class AnswerBroken extends Error {
  override readonly name = 'AnswerBroken';
}

/** @throws ModelSilent, AnswerBroken; the reason of `signal`; what the provider's SDK throws */
export async function callModel(question: Question): Promise<Answer> {
  const { model, instructions, messages, tools, maxOutputTokens, patience, signal, onLine } = question;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), patience);
  const lines = new LineWriter(onLine);
  const requests: ToolRequest[] = [];
  let text = '';
  let end: { readonly usage: LanguageModelUsage; readonly finish: FinishReason } | null = null;
  try {
    const result = streamText({
      model,
      instructions,
      messages: [...messages],
      tools,
      maxOutputTokens,
      // Each call is paid for and waited for by whoever asks.
      maxRetries: 0,
      abortSignal: AbortSignal.any([signal, silence.signal]),
      // It is thrown below.
      onError: () => undefined,
    });
    for await (const part of result.fullStream) {
      timer.refresh();
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') {
        text += part.text;
        lines.write(part.text);
      } else if (part.type === 'tool-call') {
        requests.push({
          id: part.toolCallId,
          name: part.toolName,
          input: part.input,
          fault: part.invalid ? faultOf(part.error) : null,
        });
      } else if (part.type === 'finish-step') {
        end = { usage: part.usage, finish: part.finishReason };
      }
    }
    lines.end();
    signal.throwIfAborted();
    if (silence.signal.aborted) throw new ModelSilent(`it said nothing for ${patience / 1_000} s`);
    const isEmpty = requests.length === 0 && text === '';
    // Of an answer that nobody can read, some SDKs make one that says nothing and came of no token.
    const isNone = isEmpty && (end?.finish === 'other' || (end?.usage.totalTokens ?? 0) === 0);
    if (end === null || end.finish === 'error' || isNone)
      throw new AnswerBroken('it broke off before its end');
    const { messages: response } = await result.response;
    // What the SDK says itself about a request that is wrong is said by whoever carries the others out.
    const said = response.filter(({ role }) => role === 'assistant');
    return { text, requests, said, usage: usageOf(end.usage), finish: end.finish };
  } catch (error) {
    lines.end();
    signal.throwIfAborted();
    if (silence.signal.aborted) throw new ModelSilent(`it said nothing for ${patience / 1_000} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function usageOf({ inputTokens, outputTokens, inputTokenDetails }: LanguageModelUsage): CallUsage {
  return {
    tokensIn: inputTokens ?? 0,
    tokensOut: outputTokens ?? 0,
    cachedIn: inputTokenDetails.cacheReadTokens ?? 0,
    writtenToCache: inputTokenDetails.cacheWriteTokens ?? 0,
  };
}

function faultOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/\s+/g, ' ').slice(0, 500);
}

/** Gathers pieces of text to lines. */
class LineWriter {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(piece: string): void {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  end(): void {
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}
