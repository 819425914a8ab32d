/** Money as people type it and as they are told it. */
import { describe, expect, it } from 'vitest';
import { readMoney, readTokens } from '../../src/renderer/features/costs/read-limit.ts';
import { formatMoney } from '../../src/renderer/lib/format.ts';

describe('a limit that is typed', () => {
  it.each([
    ['', null],
    ['25', 25_000_000],
    ['$ 0.50', 500_000],
    ['0,5', 500_000],
    ['0.000001', 1],
    ['0.0000001', 'wrong'],
    ['-1', 'wrong'],
    ['1e3', 'wrong'],
    ['99999999999999', 'wrong'],
  ])('of money, %j, is %s', (text, expected) => expect(readMoney(text)).toBe(expected));

  it.each([
    ['', null],
    ['1000000', 1_000_000],
    ['1,000,000', 1_000_000],
    ['1 000 000', 1_000_000],
    ['1.5', 'wrong'],
    ['many', 'wrong'],
  ])('of tokens, %j, is %s', (text, expected) => expect(readTokens(text)).toBe(expected));
});

it.each([
  [12_400_000, '$12.40'],
  [0, '$0.00'],
  [3_100, '$0.0031'],
])('tells %i millionths as %s', (money, text) => expect(formatMoney(money)).toBe(text));
