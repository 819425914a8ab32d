/** Where a worker is in its life, and when its silence is suspicious. */
import { expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/units.ts';
import { minutes, ms, seconds } from '../../../src/core/units.ts';
import { suspectedAfter, suspiciousSilence } from '../../../src/core/worker/stage.ts';

const usual = { heartbeat: seconds(15), hungAfter: minutes(5) };

it.each([
  ['four beats that did not come', usual, minutes(1)],
  ['at the latest when it is declared hung', { heartbeat: minutes(2), hungAfter: minutes(5) }, minutes(5)],
])('suspects a worker after %s', (_what, policy, expected) => {
  expect(suspectedAfter(policy)).toBe(expected);
});

it.each([
  ['ready', 59_999, null],
  ['ready', 60_000, ms(60_000)],
  ['draining', 240_000, minutes(4)],
  // It has not begun to beat, or never will again.
  ['starting', 240_000, null],
  ['hung', 400_000, null],
  ['crashed', 400_000, null],
] as const)('says of one that is %s and silent for %i ms: %s', (state, silence, expected) => {
  const lastSeenAt = 1_000_000 as EpochMs;
  expect(suspiciousSilence({ state, lastSeenAt }, usual, (1_000_000 + silence) as EpochMs)).toBe(expected);
});
