/** What a call costs by a price that somebody stated: each kind of token at its own. */
import { expect, it } from 'vitest';
import type { ModelKind, StatedPrice } from '../../../src/contract/model-access.ts';
import { findPrice } from '../../../src/runners/llm/model-price.ts';

const used = { tokensIn: 1_000_000, tokensOut: 100_000, cachedIn: 500_000, writtenToCache: 400_000 };

function costOf(kind: ModelKind, byPerson: StatedPrice, usage = used): number {
  const access = { provider: 'own', kind, baseUrl: 'http://127.0.0.1:1/v1' };
  return findPrice(access, 'own-model', { byMember: undefined, byPerson }).cost(usage) / 1_000_000;
}

it.each<[string, ModelKind, StatedPrice, number]>([
  // 100,000 as they are, 500,000 from the cache, 400,000 into it, 100,000 out.
  [
    'each at its own',
    'anthropic',
    { input: 4, output: 20, cached_input: 0.4, cache_write: 8 },
    0.4 + 0.2 + 3.2 + 2,
  ],
  [
    'what Anthropic keeps at one and a quarter',
    'anthropic',
    { input: 4, output: 20, cached_input: 0.4 },
    4.6,
  ],
  ['what others keep as input', 'openai-compatible', { input: 4, output: 20, cached_input: 0.4 }, 4.2],
  ['what was kept as input, when nothing else is said', 'openai-compatible', { input: 4, output: 20 }, 6],
])('bills %s', (_rule, kind, price, dollars) => {
  expect(costOf(kind, price)).toBeCloseTo(dollars, 6);
});

it('bills no token twice, whatever a provider says that it kept', () => {
  const strange = { tokensIn: 1_000, tokensOut: 0, cachedIn: 900, writtenToCache: 900 };
  const price = { input: 1, output: 1, cached_input: 1, cache_write: 1 };
  expect(costOf('anthropic', price, strange)).toBeCloseTo(0.001, 9);
});
