/** What follows from what happened to a worker: what it held goes to others. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import { failedAttempt } from '../task/retry.ts';
import { leasesOf } from './leases-of.ts';
import type { WorkerEvent } from './worker-events.ts';

export function workerConsequences(
  state: CompanyState,
  event: WorkerEvent,
  context: Context,
): CompanyEvent[] {
  // One that is paused goes on with what it has.
  if (!('reason' in event) || event.type === 'worker.paused') return [];
  const worker = state.workers.get(event.workerId);
  if (!worker) return [];
  const held = leasesOf(state, worker);
  if (event.type === 'worker.stopped') {
    const reason = `its worker stopped: ${event.reason}`;
    return held.map(({ id }) => ({ type: 'task.released', taskId: id, reason }));
  }
  const reason = event.type === 'worker.hung' ? event.reason : `its worker crashed: ${event.reason}`;
  return held.map((task) => failedAttempt(state, task, 'failed', reason, context));
}
