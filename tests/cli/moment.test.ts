/** Moments as people write them. */
import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../src/cli/moment.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('a moment', () => {
  it.each([
    ['0', { seq: 0 }],
    ['1234', { seq: 1_234 }],
    [' 7 ', { seq: 7 }],
    ['2026-11-22T11:30:00Z', { time: now - 1_800_000 }],
    ['2026-11-22T12:30:00.250+01:00', { time: now - 1_799_750 }],
    ['2026-11-22 11:30Z', { time: now - 1_800_000 }],
    ['2026-11-22T11:30', { time: new Date(2026, 10, 22, 11, 30).getTime() }],
    ['2026-11-22', { time: new Date(2026, 10, 22).getTime() }],
    ['15m ago', { time: now - 900_000 }],
    ['15 min ago', { time: now - 900_000 }],
    ['30s ago', { time: now - 30_000 }],
    ['2h ago', { time: now - 7_200_000 }],
    ['3D ago', { time: now - 259_200_000 }],
    ['1w ago', { time: now - 604_800_000 }],
    ['99999w ago', { time: 0 }],
  ])('%s is understood', (text, moment) => {
    expect(parseMoment(text, now)).toEqual(moment);
  });

  it.each([
    '',
    'yesterday',
    '-5',
    '1.5',
    '15m',
    '15 parsecs ago',
    '2026-13-01',
    '2026-11-22T25:00',
    '22.11.2026',
    '2026-11-22T',
  ])('“%s” is not', (text) => {
    expect(() => parseMoment(text, now)).toThrow(/15m ago/);
  });
});
