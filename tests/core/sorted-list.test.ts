/** A sorted list holds what a sorted array would. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedList } from '../../src/core/sorted-list.ts';

const byNumber = (a: number, b: number): number => a - b;

it('is in order after any sequence of additions and removals', () => {
  const changes = fc.array(fc.record({ add: fc.boolean(), item: fc.nat({ max: 3_000 }) }), {
    maxLength: 6_000,
    size: 'max',
  });
  fc.assert(
    fc.property(changes, (sequence) => {
      const list = new SortedList<number>(byNumber);
      const model = new Set<number>();
      for (const { add, item } of sequence) {
        if (add && !model.has(item)) {
          list.add(item);
          model.add(item);
        } else {
          list.remove(item);
          model.delete(item);
        }
      }
      const expected = [...model].sort(byNumber);
      expect([...list]).toEqual(expected);
      expect(list.first()).toBe(expected[0]);
    }),
    { numRuns: 30 },
  );
});

it('stays in order when many come and go at its ends', () => {
  const list = new SortedList<number>(byNumber);
  for (let n = 0; n < 5_000; n += 1) list.add(n % 2 === 0 ? n : -n);
  for (let n = 0; n < 4_990; n += 1) list.remove(n % 2 === 0 ? n : -n);
  expect([...list]).toEqual([-4_999, -4_997, -4_995, -4_993, -4_991, 4_990, 4_992, 4_994, 4_996, 4_998]);
});
