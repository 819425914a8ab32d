/** A line of a worker's log: the time at its start told apart from the words. */
import type { EpochMs } from '../../../core/units.ts';

export interface LogLine {
  /** Null where the line goes on from the one before, or comes from another program. */
  readonly at: EpochMs | null;
  readonly text: string;
}

const timed = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) +(.*)$/s;

export function parseLogLine(raw: string): LogLine {
  const [, time, text] = timed.exec(raw) ?? [];
  if (time === undefined || text === undefined) return { at: null, text: raw };
  return { at: Date.parse(time) as EpochMs, text };
}
