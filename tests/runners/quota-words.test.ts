/** The words by which providers and coding agents say that nothing is left, and until when. */
import { expect, it } from 'vitest';
import { agentSaysNothingLeft, saysNothingLeft, waitSaidIn } from '../../src/runners/quota-words.ts';

/** In New York it is 16:04 of the day before. */
const now = Date.parse('2026-03-10T20:04:30Z');

it.each([
  ['The agent ended with exit code 1: Credit balance is too low', null],
  ['Claude AI usage limit reached|1773180000', 1_773_180_000_000 - now],
  ['5-hour limit reached ∙ resets 3pm', null],
  ['You’ve hit your limit · resets 10:20pm (Europe/Berlin)', (60 + 15) * 60_000 + 30_000],
  ['You’ve hit your session limit · resets 4am (America/New_York)', (11 * 60 + 55) * 60_000 + 30_000],
  ['You’ve hit your limit · resets 9pm (Nowhere/Atall)', null],
  [
    'You’ve hit your usage limit. Upgrade to Pro (https://openai.com/chatgpt/pricing) or try again in 2 days 17 hours 14 minutes.',
    ((2 * 24 + 17) * 60 + 14) * 60_000,
  ],
  ['You exceeded your current quota. Please retry in 34.5s.', 34_500],
])('an agent says so in “%s”', (words, wait) => {
  expect(agentSaysNothingLeft(words)).toBe(true);
  expect(waitSaidIn(words, now)).toBe(wait);
});

it.each([
  'The tests of the quota page failed: expected 3 to be 4',
  'Refuse uploads over the usage limit of a customer',
  'billing/credit-balance.ts: balance is too low for the test to pass',
])('no failure that only speaks of such things: “%s”', (words) => {
  expect(agentSaysNothingLeft(words)).toBe(false);
  expect(saysNothingLeft(words)).toBe(false);
});
