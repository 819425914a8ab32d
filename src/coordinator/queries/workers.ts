/** The workers, those that run first. */
import type { CompanyState } from '../../core/state.ts';
import type { Worker } from '../../core/worker/worker.ts';

/** Those that run before those that ended; the newest first. */
export function workersByStart(state: CompanyState): Worker[] {
  const ended = ({ endedAt }: Worker) => Number(endedAt !== null);
  return [...state.workers.values()].sort(
    (a, b) => ended(a) - ended(b) || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1),
  );
}
