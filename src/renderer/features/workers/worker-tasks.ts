/** Which tasks a worker holds now, and which workers run. */
import type { CompanyState } from '../../../core/state.ts';
import type { Task } from '../../../core/task/task.ts';
import type { Worker } from '../../../core/worker/worker.ts';

export function workerTasks(state: CompanyState, worker: Worker): Task[] {
  return [...state.index.leasedByMember.get(worker.memberId)].filter(
    ({ lease }) => lease?.workerId === worker.id,
  );
}

export function isRunning({ state }: Worker): boolean {
  return state === 'starting' || state === 'ready' || state === 'draining';
}

/** It has not ended: a hung one is about to be. */
export function isUp({ endedAt }: Worker): boolean {
  return endedAt === null;
}

/** Those that run by the name of their agent, those that ended by time, the latest first. */
export function sortedWorkers(state: CompanyState, running: boolean): Worker[] {
  const nameOf = (worker: Worker) => state.members.get(worker.memberId)?.name ?? '';
  return [...state.workers.values()]
    .filter((worker) => isRunning(worker) === running)
    .sort((a, b) => (running ? nameOf(a).localeCompare(nameOf(b)) : (b.endedAt ?? 0) - (a.endedAt ?? 0)));
}
