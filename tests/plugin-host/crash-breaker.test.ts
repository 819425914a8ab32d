/** When a plugin that ended is started again: by a clock that only the test moves. */
import { expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/units.ts';
import { minutes, seconds } from '../../src/core/units.ts';
import { CrashBreaker } from '../../src/plugin-host/crash-breaker.ts';

const at = (ms: number) => ms as EpochMs;

it('waits 1, 2, 4 … 60 seconds for one that can’t be opened, and from the start again once it was', () => {
  const breaker = new CrashBreaker();
  const waits = Array.from({ length: 9 }, (_, n) => breaker.failed(at(n * 1_000), false));
  expect(waits.map(({ wait }) => wait / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  expect(waits.every(({ rests }) => !rests)).toBe(true);
  breaker.opened();
  expect(breaker.failed(at(0), false)).toEqual({ wait: seconds(1), rests: false });
});

it('lets it rest for ten minutes after the fifth crash in ten minutes, however well it opened in between', () => {
  const breaker = new CrashBreaker();
  const crash = (minute: number) => {
    breaker.opened();
    return breaker.failed(at(minutes(minute)), true);
  };
  expect([0, 2, 4, 6].map((minute) => crash(minute).rests)).toEqual([false, false, false, false]);
  expect(crash(8)).toEqual({ wait: minutes(10), rests: true });
  // Four of them are older than ten minutes by then.
  expect(crash(17)).toEqual({ wait: seconds(1), rests: false });
});

it('never rests because of crashes that lie further apart', () => {
  const breaker = new CrashBreaker();
  const crashes = Array.from({ length: 20 }, (_, n) => {
    breaker.opened();
    return breaker.failed(at(minutes(n * 2.5)), true);
  });
  expect(crashes.some(({ rests }) => rests)).toBe(false);
});
