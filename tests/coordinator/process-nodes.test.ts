/** The processes of a worker as a tree: who started whom, the largest first, and what each used since the last look. */
import { expect, it } from 'vitest';
import { processNodes } from '../../src/coordinator/process-nodes.ts';

const one = (pid: number, parent: number, memory: number, cpuMs = 0) => ({
  ...{ pid, parent, memory, cpuMs },
  name: `p${pid}`,
});

it('puts each below the one that started it, the largest first', () => {
  const tree = [one(3, 2, 10), one(2, 1, 50), one(1, 900, 20), one(4, 1, 80), one(5, 3, 1)];
  expect(processNodes(tree, [], 1_000).map(({ pid, depth }) => [pid, depth])).toEqual([
    [1, 0],
    [4, 1],
    [2, 1],
    [3, 2],
    [5, 3],
  ]);
});

it('shows at the top what has lost its parent', () => {
  expect(processNodes([one(1, 0, 5), one(7, 99, 9)], [], 1_000)).toMatchObject([
    { pid: 7, depth: 0 },
    { pid: 1, depth: 0 },
  ]);
});

it('counts what each used since the last look, and all of what is new', () => {
  const nodes = processNodes([one(1, 0, 9, 1_500), one(2, 1, 5, 300)], [one(1, 0, 9, 1_000)], 1_000);
  expect(nodes.map(({ cpuPercent }) => cpuPercent)).toEqual([50, 30]);
});

it('ends with a number that is its own parent, and with thousands of processes', () => {
  expect(processNodes([one(1, 0, 1), one(2, 2, 1), one(3, 1, 1)], [], 1)).toHaveLength(2);
  const many = Array.from({ length: 5_000 }, (_, at) => one(at + 2, 1, at));
  const shown = processNodes([one(1, 0, 1), ...many], [], 1);
  expect(shown).toHaveLength(40);
  expect(shown[1]).toMatchObject({ pid: 5_001, memory: 4_999 });
});
