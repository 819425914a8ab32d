/** What follows from what happened to a worker: what it held goes to others. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import { failedAttempt } from '../task/retry.ts';
import { leasesOf } from './leases-of.ts';
import { externalLauncher } from './worker.ts';
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
  const isHung = event.type === 'worker.hung';
  const reason = isHung ? event.reason : `its worker crashed: ${event.reason}`;
  const failed = held.map((task) => failedAttempt(state, task, 'failed', reason, context));
  // No host has its process in its hands, so nothing else would ever end it: its agent is free at once.
  const isLost = isHung && worker.launcher === externalLauncher;
  return isLost ? [...failed, { type: 'worker.crashed', workerId: worker.id, reason: event.reason }] : failed;
}
