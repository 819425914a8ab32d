import { expect, it } from 'vitest';
import { findCycle } from '../../src/core/find-cycle.ts';

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

it.each<[string, Record<string, string[]>, string[] | null]>([
  ['nothing', {}, null],
  ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, null],
  ['a name that leads nowhere', { a: ['x'] }, null],
  ['itself', { a: ['a'] }, ['a', 'a']],
  ['a ring behind a tail', { t: ['a'], a: ['b'], b: ['c'], c: ['a'] }, ['a', 'b', 'c', 'a']],
  ['a ring beside what is finished', { a: ['b'], b: [], c: ['b', 'd'], d: ['c'] }, ['c', 'd', 'c']],
])('finds the cycle in %s', (_what, edges, expected) => {
  expect(findCycle(graph(edges))).toEqual(expected);
});

it('walks a chain of a hundred thousand', () => {
  const chain = Array.from({ length: 100_000 }, (_, n): [string, string[]] => [`${n}`, [`${n + 1}`]]);
  expect(findCycle(new Map(chain))).toBeNull();
  expect(findCycle(new Map([...chain, ['100000', ['99999']]]))).toEqual(['99999', '100000', '99999']);
});
