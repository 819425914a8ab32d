/** Calls a model for a task: asks the budgets first, tries again where that helps, and says what each call came to. */
import type { LanguageModel, ModelMessage, ToolSet } from 'ai';
import type { ModelAccess } from '../../contract/model-access.ts';
import type { RunContext } from '../../contract/runner.ts';
import type { DurationMs, MicroUsd } from '../../core/units.ts';
import { minutes, ms } from '../../core/units.ts';
import { waitUnlessEnded } from '../wait.ts';
import type { Answer } from './call-model.ts';
import { callModel } from './call-model.ts';
import type { ModelFault } from './model-fault.ts';
import { modelFault } from './model-fault.ts';
import type { CallUsage, ModelPrice } from './model-price.ts';

export interface CallSettings {
  readonly access: ModelAccess;
  readonly name: string;
  readonly model: LanguageModel;
  readonly price: ModelPrice;
  readonly maxOutputTokens: number;
  readonly patience: DurationMs;
}

/** Why a call came to nothing, after all that could be tried. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly fault: ModelFault;

  constructor(fault: ModelFault) {
    super(fault.words);
    this.fault = fault;
  }
}

/** Each wait is twice the one before. */
const mostTries = 6;
const firstWait = 500;
/** What providers count is what was asked in a minute: two of them are waited for, in all. */
const mostTriesAtRate = 7;
const firstWaitAtRate = 2_000;
const longestWait = 60_000;
/** How long an agent rests whom the provider refuses for longer than that. */
const restAtRate = minutes(5);
/** A provider that says to wait for longer has no room for this account now. */
export const longestRetryAfter = minutes(5);
/** ASCII characters of JSON for a token, at the least. */
const charactersPerToken = 3;

export class PaidCalls {
  readonly #settings: CallSettings;
  readonly #context: Pick<RunContext, 'spend' | 'signal' | 'log'>;
  readonly #wait: typeof waitUnlessEnded;
  #calls = 0;

  constructor(
    settings: CallSettings,
    context: Pick<RunContext, 'spend' | 'signal' | 'log'>,
    wait = waitUnlessEnded,
  ) {
    this.#settings = settings;
    this.#context = context;
    this.#wait = wait;
  }

  /** @throws CallFailed; CoordError `BUDGET_EXCEEDED`, `LEASE_LOST`; `RUNNER_FAILED` - the run was ended */
  async ask(instructions: string, messages: readonly ModelMessage[], tools: ToolSet): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#tryOnce(instructions, messages, tools);
      if ('answer' in outcome) return outcome.answer;
      const { fault } = outcome;
      const isRate = fault.kind === 'rate';
      const isLong = fault.wait !== null && fault.wait > longestRetryAfter;
      if ((isRate || fault.kind === 'again') && isLong) throw new CallFailed({ ...fault, kind: 'quota' });
      if (isRate && tries >= mostTriesAtRate)
        throw new CallFailed({ ...fault, kind: 'quota', wait: restAtRate });
      if (!isRate && (!['again', 'broken'].includes(fault.kind) || tries >= mostTries))
        throw new CallFailed(fault);
      const first = isRate ? firstWaitAtRate : firstWait;
      const wait = fault.wait ?? ms(Math.min(first * 2 ** (tries - 1), longestWait));
      this.#context.log(`${fault.words}; tries again in ${wait / 1_000} s`);
      await this.#wait(wait, this.#context.signal);
    }
  }

  async #tryOnce(
    instructions: string,
    messages: readonly ModelMessage[],
    tools: ToolSet,
  ): Promise<{ readonly answer: Answer } | { readonly fault: ModelFault }> {
    const { access, name, model, price, maxOutputTokens, patience } = this.#settings;
    const { spend, signal, log } = this.#context;
    const tokensIn = estimate([instructions, messages, Object.keys(tools)]) + toolTokens(tools);
    const most = { tokensIn, tokensOut: maxOutputTokens, cachedIn: 0, writtenToCache: 0 };
    const reserved = await spend({
      model: name,
      tokens: tokensIn + maxOutputTokens,
      money: price.cost({ ...most, writtenToCache: access.kind === 'anthropic' ? tokensIn : 0 }),
    });
    let said = 0;
    try {
      const answer = await callModel({
        model,
        instructions,
        messages: marked(messages, access),
        tools,
        maxOutputTokens,
        patience,
        signal,
        onLine: (line) => {
          said += tokensOfText(line);
          log(`  ${line}`);
        },
      });
      const used = price.cost(answer.usage);
      await reserved.settle({ ...tokensOf(answer.usage), money: used });
      this.#calls += 1;
      log(callWords(this.#calls, answer.usage, price, used));
      return { answer };
    } catch (error) {
      const fault = modelFault(error, access, name);
      // An answer that broke off was paid for as far as it came; nobody says how far, so it is an estimate.
      const cost: CallUsage = { ...most, tokensOut: said };
      const isPaid = fault.kind === 'broken' || signal.aborted;
      const none = { tokensIn: 0, tokensOut: 0, money: 0 as MicroUsd };
      await reserved
        .settle(isPaid ? { ...tokensOf(cost), money: price.cost(cost) } : none)
        .catch((refusal: unknown) => log(`could not say what the call came to: ${String(refusal)}`));
      if (signal.aborted) throw error;
      return { fault };
    }
  }
}

/** Tokens, rounded up: never less than it is. */
export function estimate(said: unknown): number {
  return tokensOfText(JSON.stringify(said));
}

/** Models cut bytes into tokens: of a Chinese character or an emoji, a token can be as little as one of its bytes. */
function tokensOfText(text: string): number {
  const bytes = Buffer.byteLength(text);
  const ascii = text.match(/[\0-\x7f]+/g)?.reduce((sum, { length }) => sum + length, 0) ?? 0;
  return Math.ceil(ascii / charactersPerToken) + bytes - ascii;
}

/** Descriptions and schemas of tools are sent with each call. */
function toolTokens(tools: ToolSet): number {
  return Object.keys(tools).length * 250;
}

/** What was said so far is kept by the provider for the next call, where it has to be told so. */
function marked(messages: readonly ModelMessage[], { kind }: ModelAccess): readonly ModelMessage[] {
  const last = messages.at(-1);
  if (kind !== 'anthropic' || !last) return messages;
  const cached = { ...last, providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } };
  return [...messages.slice(0, -1), cached];
}

const tokensOf = ({ tokensIn, tokensOut }: CallUsage) => ({ tokensIn, tokensOut });

function callWords(
  number: number,
  { tokensIn, tokensOut, cachedIn }: CallUsage,
  { from }: ModelPrice,
  used: MicroUsd,
): string {
  const cached = cachedIn > 0 ? `, ${cachedIn} of them kept` : '';
  const money = from === null ? 'price not known' : `$${(used / 1_000_000).toFixed(4)}`;
  return `call ${number}: ${tokensIn} tokens in${cached}, ${tokensOut} out, ${money}`;
}
