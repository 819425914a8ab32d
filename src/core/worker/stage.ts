/** Where a worker is in its life, in one word: its state, and whether it has something to do. */
import type { Policy } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { DurationMs, EpochMs } from '../units.ts';
import { ms, sinceMs } from '../units.ts';
import { leasesOf } from './leases-of.ts';
import type { Worker, WorkerState } from './worker.ts';

/** `ready` has nothing to do, `busy` holds a task; one that is `paused` takes no further one. */
export type WorkerStage = WorkerState | 'busy' | 'paused';

export function stageOf(state: CompanyState, worker: Worker): WorkerStage {
  if (worker.state !== 'ready') return worker.state;
  if (leasesOf(state, worker).length > 0) return 'busy';
  return worker.pause ? 'paused' : 'ready';
}

/** So many signs of life have failed to come when somebody should look. */
const missedBeats = 4;

/** How long a worker may be silent before it is suspected: it is declared hung only after `hungAfter`. */
export function suspectedAfter({
  heartbeat,
  hungAfter,
}: Pick<Policy, 'heartbeat' | 'hungAfter'>): DurationMs {
  return ms(Math.min(missedBeats * heartbeat, hungAfter));
}

/** For how long a worker that should beat has not, when that is long enough to be suspicious; else null. */
export function suspiciousSilence(
  { state, lastSeenAt }: Pick<Worker, 'state' | 'lastSeenAt'>,
  policy: Pick<Policy, 'heartbeat' | 'hungAfter'>,
  now: EpochMs,
): DurationMs | null {
  if (state !== 'ready' && state !== 'draining') return null;
  const silence = sinceMs(lastSeenAt, now);
  return silence >= suspectedAfter(policy) ? silence : null;
}
