/** What a call may come to is never thought to be less than it is. */
import { expect, it } from 'vitest';
import { estimate } from '../../../src/runners/llm/paid-calls.ts';

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
