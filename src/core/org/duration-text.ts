/** Durations as people write them in a file: `90s`, `15m`, `1h`, `2d`. */
import { z } from 'zod';
import type { DurationMs } from '../units.ts';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export const durationTextSchema = z
  .string()
  .regex(/^\d+(?:\.\d+)?[smhd]$/, 'a duration such as 90s, 15m, 1h or 2d')
  .transform((text): DurationMs => {
    const unit = text.slice(-1) as keyof typeof unitMs;
    return Math.round(Number(text.slice(0, -1)) * unitMs[unit]) as DurationMs;
  });

const largeUnits = ['d', 'h', 'm'] as const;

/** The way back: in the largest unit in which it is a whole number; else in seconds. */
export function durationText(duration: DurationMs): string {
  const unit = largeUnits.find((name) => duration > 0 && duration % unitMs[name] === 0);
  return unit ? `${duration / unitMs[unit]}${unit}` : `${duration / unitMs.s}s`;
}
