/** The loop of one run: call the model, carry out what it asks for, tell it what came of it, and again. */
import type { ModelMessage, ToolSet } from 'ai';
import { tool } from 'ai';
import { z } from 'zod';
import type { RunResult } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import type { Answer, ToolRequest } from './call-model.ts';
import { Conversation } from './conversation.ts';
import type { PaidCalls } from './paid-calls.ts';
import { CallFailed } from './paid-calls.ts';
import { fitted } from './room.ts';
import type { LlmTool, ToolEnd } from './tools/tool.ts';

export interface ModelRunParts {
  readonly calls: PaidCalls;
  readonly tools: readonly LlmTool[];
  readonly prompt: string;
  /** Tokens that there are for all that is said, at most. */
  readonly room: number;
  readonly maxTurns: number;
  /** The tool that hands in. */
  readonly endsWith: string;
  readonly log: (line: string) => void;
  /** Puts on record what it asked for and may not do. */
  readonly record: (what: string, reason: string) => Promise<void>;
}

const instructions =
  'You are an agent in a company of agents and people. Work with the tools; only what you do with them counts.';
const summing =
  'You sum up what an agent did so far, for the agent itself: what it found, decided, changed (with paths), what is left to do. No new ideas, no more than a page.';
/** How often it may answer without doing anything. */
const mostIdle = 3;
/** What there is beside its task at the least, in tokens: an estimate of the task may be too high. */
const leastForTurns = 2_000;
/** An estimate is never as wrong as that: a server that counted so little has read the rest of it not at all. */
const cutOff = { times: 3, beside: 2_000 };

export class ModelRun {
  readonly #parts: ModelRunParts;
  readonly #tools: ReadonlyMap<string, LlmTool>;
  readonly #described: ToolSet;
  readonly #conversation: Conversation;
  #room: number;
  /** The most that the model counted of what it was told, in tokens. */
  #mostRead = 0;

  constructor(parts: ModelRunParts) {
    this.#parts = parts;
    this.#tools = new Map(parts.tools.map((one) => [one.name, one]));
    this.#described = Object.fromEntries(
      parts.tools.map(({ name, description, input }) => [name, tool({ description, inputSchema: input })]),
    );
    this.#conversation = new Conversation(parts.prompt);
    this.#room = Math.max(parts.room, this.#conversation.sizeOfTask + leastForTurns);
  }

  /** @throws CallFailed; CoordError `RUNNER_FAILED` - it went nowhere; what the budget or the lease refuses */
  async toItsEnd(): Promise<RunResult> {
    const { maxTurns, endsWith } = this.#parts;
    let idle = 0;
    for (let turn = 1; turn <= maxTurns; turn += 1) {
      const answer = await this.#ask();
      const heard: ModelMessage[] = [];
      for (const request of answer.requests) {
        const end = await this.#carryOut(request);
        if ('result' in end) return end.result;
        heard.push(resultOf(request, end.says));
      }
      idle = answer.requests.length > 0 ? 0 : idle + 1;
      if (idle >= mostIdle) {
        throw new CoordError(
          'RUNNER_FAILED',
          `The model answered ${mostIdle} times without using a tool, and handed in nothing`,
        );
      }
      if (answer.requests.length === 0) heard.push({ role: 'user', content: nudge(answer, endsWith) });
      this.#conversation.add(answer, heard);
    }
    throw new CoordError(
      'RUNNER_FAILED',
      `The model has used up its ${maxTurns} turns and handed in nothing; give it more with max_turns, or a smaller task`,
    );
  }

  /** With less of what was said before, when it is too much. */
  async #ask(): Promise<Answer> {
    const { calls, log } = this.#parts;
    const conversation = this.#conversation;
    await this.#makeRoom();
    for (let times = 0; ; times += 1) {
      const size = conversation.size;
      try {
        const answer = await calls.ask(instructions, conversation.messages, this.#described);
        this.#heedCut(size, answer);
        return answer;
      } catch (error) {
        if (!(error instanceof CallFailed) || error.fault.kind !== 'overflow' || times >= 3) throw error;
        log(`${error.message}; sums up what was said before`);
        if (conversation.isLong) await this.#compact();
        else if (!conversation.shorten(size / 2)) throw error;
      }
    }
  }

  /** Before the call: not every server says that something is too much for it. */
  async #makeRoom(): Promise<void> {
    const conversation = this.#conversation;
    const isTooMuch = () => conversation.size > this.#room;
    if (isTooMuch() && conversation.isLong) await this.#compact();
    if (isTooMuch() && conversation.shorten(this.#room))
      this.#parts.log(`shortened what its tools answered: about ${conversation.size} tokens are left`);
    // What it wrote itself is too much.
    if (isTooMuch() && conversation.hasTurns) await this.#compact(0);
  }

  /** @throws CoordError `RUNNER_FAILED` - it did not even read its task */
  #heedCut(told: number, { usage: { tokensIn } }: Answer): void {
    this.#mostRead = Math.max(this.#mostRead, tokensIn);
    const read = this.#mostRead;
    const isCut = (size: number) => read > 0 && size > read * cutOff.times + cutOff.beside;
    const less = Math.max(read, this.#conversation.sizeOfTask + leastForTurns);
    if (!isCut(told) || this.#room <= less) return;
    const words = `The model read ${read} of about ${told} tokens that it was told: its server seems to cut off the rest (Ollama: num_ctx, OLLAMA_CONTEXT_LENGTH). Let it take more, or say as the member’s context how much it sees`;
    if (isCut(this.#conversation.sizeOfTask)) throw new CoordError('RUNNER_FAILED', words);
    this.#parts.log(`${words}. From now on it is told no more than that`);
    this.#room = less;
  }

  async #compact(keep?: number): Promise<void> {
    const { calls, room, log } = this.#parts;
    const before = this.#conversation.size;
    // A third of the room: the summary must not be what is too much.
    const older = this.#conversation.older(Math.max(4_000, room), keep);
    const summary = await this.#summaryOf(calls, older);
    this.#conversation.compact(fitted(summary, Math.max(1_000, room / 3)), keep);
    log(`summed up what was said before: from about ${before} to ${this.#conversation.size} tokens`);
  }

  /** When even that can't be had from the model, its own beginning and end have to do. */
  async #summaryOf(calls: PaidCalls, older: string): Promise<string> {
    try {
      const { text } = await calls.ask(summing, [{ role: 'user', content: older }], {});
      if (text.trim() !== '') return text;
    } catch (error) {
      if (!(error instanceof CallFailed) || error.fault.kind !== 'overflow') throw error;
    }
    return `${older.slice(0, 2_000)}\n…\n${older.slice(-2_000)}`;
  }

  async #carryOut(request: ToolRequest): Promise<ToolEnd> {
    const { log, record } = this.#parts;
    const { name, input, fault } = request;
    const known = this.#tools.get(name);
    if (!known) {
      log(`asked for ${name}, which there is not`);
      await record(`asked for the tool ${name.slice(0, 200)}`, 'there is no such tool for this task');
      return { says: `There is no tool ${name}. There are ${[...this.#tools.keys()].join(', ')}.` };
    }
    if (fault !== null) return { says: `${name} was not done: its input is wrong: ${fault}` };
    log(`${name} ${JSON.stringify(input).slice(0, 300)}`);
    try {
      return await known.run(input);
    } catch (error) {
      const words = refusalWords(error);
      log(`${name} was refused: ${words}`);
      return { says: `${name} was not done: ${words}` };
    }
  }
}

/** What the model can do something about; everything else ends the run. */
function refusalWords(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof CoordError && !['LEASE_LOST', 'NOT_CONNECTED', 'RUNNER_FAILED'].includes(error.code)) {
    return `${error.code}: ${error.message}`;
  }
  throw error;
}

function resultOf({ id, name }: ToolRequest, value: string): ModelMessage {
  return {
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId: id, toolName: name, output: { type: 'text', value } }],
  };
}

function nudge({ finish }: Answer, endsWith: string): string {
  if (finish === 'length') return 'Your answer was cut off: it was too long. Go on in smaller steps.';
  return `Nobody reads what you say outside of tools. Go on with your task, and call \`${endsWith}\` when it is done.`;
}
