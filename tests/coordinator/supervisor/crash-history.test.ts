/** After a crash the next start waits, longer each time, and then gives up for a while. */
import { expect, it } from 'vitest';
import { CrashHistory } from '../../../src/coordinator/supervisor/crash-history.ts';
import type { MemberId } from '../../../src/core/ids.ts';
import type { EpochMs } from '../../../src/core/units.ts';

const ada = 'member_ada' as MemberId;
const at = (seconds: number) => (1_000_000 + seconds * 1_000) as EpochMs;

function crashesAt(...seconds: number[]): CrashHistory {
  const history = new CrashHistory();
  for (const second of seconds) history.record(ada, at(second));
  return history;
}

it.each([
  ['no crash', [], 0],
  ['one crash', [0], 1],
  ['two', [0, 10], 12],
  ['three', [0, 10, 20], 24],
  ['four', [0, 10, 20, 30], 38],
  ['the fifth, by the whole window', [0, 10, 20, 30, 40], 640],
])('%s holds the next start back', (_what, seconds, until) => {
  const now = at(seconds.at(-1) ?? 0);
  expect(crashesAt(...seconds).mayStartAt(ada, now)).toBe(seconds.length === 0 ? 0 : at(until));
});

it('forgets what is older than the window', () => {
  expect(crashesAt(0, 10, 20, 30, 40).mayStartAt(ada, at(641))).toBe(0);
  expect(crashesAt(0, 700).mayStartAt(ada, at(700))).toBe(at(701));
});

it('never waits longer than the longest wait', () => {
  const history = new CrashHistory({
    firstWait: 1_000,
    longestWait: 3_000,
    breakAfter: 99,
    window: 600_000,
  } as never);
  for (let n = 0; n < 10; n += 1) history.record(ada, at(n));
  expect(history.mayStartAt(ada, at(9))).toBe(at(12));
});

it('holds nobody back for the crashes of another', () => {
  expect(crashesAt(0).mayStartAt('member_bob' as MemberId, at(0))).toBe(0);
});
