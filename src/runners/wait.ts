/** Waits, unless the run is ended meanwhile. */
import { setTimeout as delay } from 'node:timers/promises';
import { CoordError } from '../core/error.ts';
import type { DurationMs } from '../core/units.ts';

/** @throws CoordError `RUNNER_FAILED` - the run was ended */
export async function waitUnlessEnded(duration: DurationMs, signal: AbortSignal): Promise<void> {
  try {
    await delay(duration, undefined, { signal });
  } catch (cause) {
    throw runEnded(cause);
  }
}

export function runEnded(cause?: unknown): CoordError {
  return new CoordError('RUNNER_FAILED', 'The run was ended before it finished', {}, { cause });
}
