/** A line of a worker's log as people read it: JSON lines are taken apart, anything else stays as it is. */
import { z } from 'zod';
import type { EpochMs } from '../../../core/units.ts';

export interface LogLine {
  readonly at: EpochMs | null;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: string;
}

const jsonLineSchema = z.looseObject({
  time: z.union([z.number(), z.string()]),
  level: z.union([z.number(), z.string()]),
  msg: z.string(),
});

const warningLevel = 40;
const errorLevel = 50;

export function parseLogLine(raw: string): LogLine {
  const plain: LogLine = { at: null, level: 'info', text: raw };
  if (!raw.startsWith('{')) return plain;
  try {
    const { time, level, msg } = jsonLineSchema.parse(JSON.parse(raw));
    return { at: new Date(time).getTime() as EpochMs, level: levelOf(level), text: msg };
  } catch {
    return plain;
  }
}

function levelOf(level: number | string): LogLine['level'] {
  if (typeof level === 'number') {
    if (level >= errorLevel) return 'error';
    return level >= warningLevel ? 'warning' : 'info';
  }
  if (level === 'error' || level === 'fatal') return 'error';
  return level === 'warn' ? 'warning' : 'info';
}
