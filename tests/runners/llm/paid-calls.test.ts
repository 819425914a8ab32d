/** What a call may come to is never thought to be less than it is, and one that is refused is made again in good time. */
import { expect, it, onTestFinished } from 'vitest';
import { minutes } from '../../../src/core/units.ts';
import { connectModel } from '../../../src/runners/llm/connect-model.ts';
import { findPrice } from '../../../src/runners/llm/model-price.ts';
import { CallFailed, estimate, PaidCalls } from '../../../src/runners/llm/paid-calls.ts';
import { says, startMockModel } from './mock-model.ts';
import { openModelDoor } from './model-door.ts';

// The tokens are those of the published encodings of OpenAI at their worst: each byte of a rare character is one.
it.each([
  ['English', 'The quick brown fox jumps over the lazy dog. '.repeat(100), 1_001],
  ['Chinese, with characters that no encoding has whole', '\u{2A6A5}'.repeat(500), 2_000],
  ['emoji of several parts', '👩🏽‍🚒'.repeat(100), 1_500],
])('counts %s as no less than it is', (_language, text, tokens) => {
  expect(estimate([text])).toBeGreaterThanOrEqual(tokens);
});

it('counts English as no more than a token for three characters', () => {
  expect(estimate(['x'.repeat(2_996)])).toBe(1_000);
});

const refusals = (count: number, retryAfter?: string) =>
  Array.from({ length: count }, () => ({
    status: 429,
    headers: (): Record<string, string> => (retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    message: 'Number of requests has exceeded your per-minute rate limit',
  }));

/** Asks a model that refuses so often first; how long it would wait is noted, not waited for. */
async function ask(refused: ReturnType<typeof refusals>) {
  const model = await startMockModel(() => says('Hello'));
  onTestFinished(() => model.stop());
  const door = await openModelDoor(model, refused);
  const access = door.model.access('anthropic');
  const waits: number[] = [];
  const settings = {
    access,
    name: 'claude-haiku-4-5',
    model: connectModel(access, 'claude-haiku-4-5'),
    price: findPrice(access, 'claude-haiku-4-5', { byMember: undefined, byPerson: undefined }),
    maxOutputTokens: 100,
    patience: minutes(1),
  };
  const context = {
    spend: async () => ({ settle: async () => undefined }),
    signal: new AbortController().signal,
    log: () => undefined,
  };
  const calls = new PaidCalls(settings, context, async (wait) => {
    waits.push(wait);
  });
  const answer = calls.ask('Answer.', [{ role: 'user', content: 'Hello' }], {});
  return { outcome: await answer.catch((error: unknown) => error), waits };
}

it('a limit of a minute is waited for twice over, where nobody says how long', async () => {
  const { outcome, waits } = await ask(refusals(6));
  expect(outcome).toMatchObject({ text: 'Hello' });
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(120_000);
});

it.each([
  ['without Retry-After', undefined],
  ['with one each time', '1'],
])('whom a provider refuses for longer as too fast rests, and has not failed, %s', async (_how, after) => {
  const { outcome, waits } = await ask(refusals(20, after));
  expect(outcome).toBeInstanceOf(CallFailed);
  expect(outcome).toMatchObject({ fault: { kind: 'quota', wait: 300_000 } });
  if (after) expect(new Set(waits)).toEqual(new Set([1_000]));
});
