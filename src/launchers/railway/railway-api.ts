/** Asks Railway's GraphQL API: with the token in its header, a time limit, and again when it has troubles. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { CoordError } from '../../core/error.ts';
import { isFault, kindOf, railwayFault } from './railway-fault.ts';
import type { RailwayPace, RailwayToken } from './railway-options.ts';

export interface RailwayApiOptions {
  readonly endpoint: string;
  readonly token: () => Promise<RailwayToken>;
  readonly pace: Pick<RailwayPace, 'patience' | 'retry'>;
}

export interface Question<Schema extends z.ZodType> {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of what is answered. */
  readonly answer: Schema;
  /** Whether asking twice is the same as asking once; left out: it is. */
  readonly isRepeatable?: boolean;
  /** What must not come back in words. */
  readonly secrets?: readonly string[];
}

const tries = 4;
/** A longer pause than this is not waited for, in ms. */
const longestWait = 30_000;

const replySchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

export class RailwayApi {
  readonly #options: RailwayApiOptions;
  /** Until when Railway takes no requests, in ms of `performance.now()`. */
  #notBefore = 0;

  constructor(options: RailwayApiOptions) {
    this.#options = options;
  }

  /** @throws CoordError `LAUNCH_FAILED` (a `railwayFault`), `KEYCHAIN_UNAVAILABLE` */
  async ask<Schema extends z.ZodType>(question: Question<Schema>): Promise<z.output<Schema>> {
    for (let tried = 1; ; tried += 1) {
      try {
        await this.#patience();
        return await this.#once(question);
      } catch (error) {
        const isWorthIt =
          isFault(error, 'limit') || (isFault(error, 'away') && question.isRepeatable !== false);
        if (!isWorthIt || tried === tries) throw error;
        await delay(this.#options.pace.retry * 2 ** (tried - 1));
      }
    }
  }

  /** Railway said how long it wants none; a long pause is not waited for. */
  async #patience(): Promise<void> {
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) return;
    if (wait > longestWait) throw railwayFault('limit', `for another ${Math.ceil(wait / 1_000)} s`);
    await delay(wait);
  }

  async #once<Schema extends z.ZodType>(question: Question<Schema>): Promise<z.output<Schema>> {
    const token = await this.#options.token();
    const secrets = [...(question.secrets ?? []), token.value];
    const { status, text, retryAfter } = await this.#post(question, token, secrets);
    if (status === 401 || status === 403) throw railwayFault('token', `HTTP ${status}`, secrets);
    if (status === 429) {
      this.#notBefore = performance.now() + retryAfter;
      throw railwayFault('limit', `HTTP 429, for ${Math.ceil(retryAfter / 1_000)} s`, secrets);
    }
    if (status >= 500) throw railwayFault('away', `HTTP ${status}`, secrets);
    const reply = replySchema.safeParse(jsonOf(text));
    if (!reply.success) throw railwayFault('away', `HTTP ${status} without an answer`, secrets);
    const [refusal] = reply.data.errors ?? [];
    if (refusal) throw railwayFault(kindOf(refusal.message), refusal.message, secrets);
    const answer = question.answer.safeParse(reply.data.data);
    if (answer.success) return answer.data;
    throw railwayFault('refused', 'its answer is not what its schema says', secrets);
  }

  async #post(
    { document, variables }: Question<z.ZodType>,
    { kind, value }: RailwayToken,
    secrets: readonly string[],
  ): Promise<{ readonly status: number; readonly text: string; readonly retryAfter: number }> {
    const { endpoint, pace } = this.#options;
    const proof: Record<string, string> =
      kind === 'project' ? { 'project-access-token': value } : { authorization: `Bearer ${value}` };
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...proof },
        body: JSON.stringify({ query: document, variables }),
        // The token goes where it was set for, and nowhere else.
        redirect: 'error',
        signal: AbortSignal.timeout(pace.patience),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        retryAfter: retryAfterOf(response.headers.get('retry-after'), pace.retry),
      };
    } catch (error) {
      if (error instanceof CoordError) throw error;
      throw railwayFault('away', wordsOf(error), secrets);
    }
  }
}

/** Seconds, or a date. @param otherwise in ms @returns in ms */
function retryAfterOf(header: string | null, otherwise: number): number {
  if (header === null || header.trim() === '') return otherwise;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? otherwise : Math.max(0, at - Date.now());
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
