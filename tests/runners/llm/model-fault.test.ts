/** What a call that failed is told apart by: the words of providers as their SDKs hand them on, over a real socket. */
import type { FixtureResponse } from '@copilotkit/aimock';
import { expect, it, onTestFinished } from 'vitest';
import { minutes } from '../../../src/core/units.ts';
import { callModel } from '../../../src/runners/llm/call-model.ts';
import { connectModel } from '../../../src/runners/llm/connect-model.ts';
import { modelFault } from '../../../src/runners/llm/model-fault.ts';
import { startMockModel } from './mock-model.ts';

async function faultOf(status: number, message: string, type = 'invalid_request_error') {
  const response: FixtureResponse = { error: { message, type }, status };
  const model = await startMockModel(() => response);
  onTestFinished(() => model.stop());
  const access = model.access('anthropic');
  const call = callModel({
    model: connectModel(access, 'claude-haiku-4-5'),
    instructions: 'Answer.',
    messages: [{ role: 'user', content: 'Hello' }],
    tools: {},
    maxOutputTokens: 100,
    patience: minutes(1),
    signal: new AbortController().signal,
    onLine: () => undefined,
  });
  const error = await call.catch((thrown: unknown) => thrown);
  return modelFault(error, access, 'claude-haiku-4-5');
}

it.each([
  [400, 'Your credit balance is too low to access the Anthropic API.', 'quota'],
  [400, 'You have reached your specified API usage limits. You will regain access on 2099-04-01.', 'quota'],
  [403, 'Your team has used all available credits or reached its monthly spending limit.', 'quota'],
  [400, 'Billing hard limit has been reached', 'quota'],
  [402, 'Payment required', 'quota'],
  [429, 'You exceeded your current quota, please check your plan and billing details.', 'quota'],
  [429, 'Number of request tokens has exceeded your per-minute rate limit', 'rate'],
  [529, 'Overloaded', 'again'],
  // What only speaks of such things is a request that is wrong.
  [400, 'tools.0.name: billing_quota is no such field', 'unusable'],
  [403, 'This key may not read the quota of the account', 'unusable'],
  [400, 'prompt is too long: 210000 tokens > 200000 maximum', 'overflow'],
])('%i “%s” is %s', async (status, message, kind) => {
  expect(await faultOf(status, message)).toMatchObject({ kind });
});

it.each([
  ['a date', 'You will regain access on 2099-04-01 at 06:30 UTC.', Date.parse('2099-04-01T06:30Z')],
  ['a date that is over', 'You will regain access on 2001-04-01 at 00:00 UTC.', null],
  ['an amount of time', 'Please try again in 6m0s.', 360_000],
])('reads from the words how long to wait: %s', async (_what, words, expected) => {
  const { wait } = await faultOf(503, words, 'api_error');
  if (expected === null) expect(wait).toBeNull();
  else if (expected < Date.now()) expect(wait).toBe(expected);
  else expect(Math.abs(Number(wait) + Date.now() - expected)).toBeLessThan(60_000);
});
