/** Provisional numbers: between two whole ones, in order, each once. */
import { expect, it } from 'vitest';
import type { Seq } from '../../src/core/ids.ts';
import { isProvisional, nextSeq, provisionalCount } from '../../src/core/provisional.ts';

it.each([0, 7, 1_042, 4_294_967_295])('stand after %i and before the next, in order', (base) => {
  let seq = base as Seq;
  for (let n = 1; n <= 5_000; n += 1) {
    const next = nextSeq(seq, true);
    expect(next > seq && next < base + 1).toBe(true);
    expect(isProvisional(next)).toBe(true);
    expect(provisionalCount(next)).toBe(n);
    expect(JSON.parse(JSON.stringify(next))).toBe(next);
    seq = next;
  }
  expect(seq.toFixed(6)).toBe(`${base}.005000`);
});

it('are whole for a log', () => {
  expect(nextSeq(1_042 as Seq, false)).toBe(1_043);
  expect(isProvisional(1_043 as Seq)).toBe(false);
  expect(provisionalCount(1_043 as Seq)).toBe(0);
});

it('end before they meet the next whole one', () => {
  expect(() => nextSeq(7.999999 as Seq, true)).toThrow('has done too much');
  expect(() => nextSeq((2 ** 32) as Seq, true)).toThrow('has done too much');
});
