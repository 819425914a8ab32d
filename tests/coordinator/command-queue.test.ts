/** How what is asked is dealt into batches. */
import { expect, it } from 'vitest';
import { CommandQueue } from '../../src/coordinator/command-queue.ts';

/** The sizes of the batches in which so many asks go that come together. */
async function batchesOf(asks: number, waves?: () => number): Promise<number[]> {
  const sizes: number[] = [];
  const queue = new CommandQueue<number>({
    run: async (batch, earlier) => {
      sizes.push(batch.length);
      await earlier;
      // A log that answers after a while.
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
    maxBatch: 256,
    mostUnderWay: () => 4,
    ...(waves && { waves }),
  });
  for (let n = 0; n < asks; n += 1) queue.add(n);
  await queue.idle();
  return sizes;
}

it.each([
  ['one batch, when nothing is said', 64, undefined, [64]],
  ['two halves, so that one is decided while the other is written', 64, 2, [32, 32]],
  ['no halves that are too small to be worth it', 20, 2, [16, 4]],
  ['one batch when they are few', 16, 2, [16]],
  ['no more than a batch may hold', 600, 2, [256, 256, 88]],
] as const)('goes in %s', async (_rule, asks, waves, expected) => {
  expect(await batchesOf(asks, waves && (() => waves))).toEqual(expected);
});
