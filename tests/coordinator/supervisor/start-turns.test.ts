/** Workers start a few at a time, in the order in which they were wanted, and one that hangs holds nobody up for long. */
import { expect, it, vi } from 'vitest';
import type { Launcher } from '../../../src/contract/launcher.ts';
import { StartTurns } from '../../../src/coordinator/supervisor/start-turns.ts';
import { seconds } from '../../../src/core/units.ts';

const launcher = (startsAtOnce?: number): Launcher => ({
  name: 'any',
  ...(startsAtOnce !== undefined && { startsAtOnce }),
  launch: () => Promise.reject(new Error('nothing is launched here')),
  killLeftover: async () => false,
});

/** Takes a turn for each name, and tells who got one by then. */
function takeAll(turns: StartTurns, from: Launcher, names: readonly string[]) {
  const ends = new Map<string, () => void>();
  for (const name of names) void turns.take(from).then((end) => ends.set(name, end));
  const begun = async () => {
    for (let n = 0; n < 10; n += 1) await Promise.resolve();
    return [...ends.keys()];
  };
  return { begun, end: (name: string) => ends.get(name)?.() };
}

it('lets as many start as the launcher bears, and the next when one has reported', async () => {
  const { begun, end } = takeAll(new StartTurns(), launcher(2), ['ann', 'bob', 'cyd', 'dan']);
  expect(await begun()).toEqual(['ann', 'bob']);
  end('bob');
  end('bob');
  expect(await begun()).toEqual(['ann', 'bob', 'cyd']);
  end('ann');
  expect(await begun()).toEqual(['ann', 'bob', 'cyd', 'dan']);
});

it('holds nobody back where the machine is another one', async () => {
  const names = Array.from({ length: 50 }, (_, n) => `worker ${n}`);
  expect(await takeAll(new StartTurns(), launcher(), names).begun()).toHaveLength(50);
});

it('counts each launcher for itself', async () => {
  const turns = new StartTurns();
  expect(await takeAll(turns, launcher(1), ['ann', 'bob']).begun()).toEqual(['ann']);
  expect(await takeAll(turns, launcher(1), ['cyd', 'dan']).begun()).toEqual(['cyd']);
});

it('takes the turn from one that hangs', async () => {
  vi.useFakeTimers();
  try {
    const { begun } = takeAll(new StartTurns(seconds(5)), launcher(1), ['ann', 'bob']);
    expect(await begun()).toEqual(['ann']);
    vi.advanceTimersByTime(5_000);
    expect(await begun()).toEqual(['ann', 'bob']);
  } finally {
    vi.useRealTimers();
  }
});
