/** Folds what happened to a worker. */
import type { StoredEvent } from '../event.ts';
import type { WorkerId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Worker } from './worker.ts';
import type { WorkerEvent } from './worker-events.ts';

type Stamp = Pick<StoredEvent, 'at' | 'actor'>;

export function evolveWorker(state: CompanyState, event: WorkerEvent, { at, actor }: Stamp): void {
  switch (event.type) {
    case 'worker.started':
      state.workers.put({
        ...event.worker,
        pid: null,
        state: 'starting',
        startedAt: at,
        lastSeenAt: at,
        endedAt: null,
        exitReason: null,
        pause: null,
      });
      return;
    case 'worker.ready':
      return change(state, event.workerId, { state: 'ready', pid: event.pid, lastSeenAt: at });
    case 'worker.seen':
      return change(state, event.workerId, { lastSeenAt: at });
    case 'worker.draining':
      return change(state, event.workerId, { state: 'draining' });
    case 'worker.paused':
      return change(state, event.workerId, { pause: { reason: event.reason, by: actor, at } });
    case 'worker.resumed':
      return change(state, event.workerId, { pause: null });
    case 'worker.hung':
      return change(state, event.workerId, { state: 'hung', exitReason: event.reason });
    case 'worker.stopped':
      return change(state, event.workerId, { state: 'stopped', endedAt: at, exitReason: event.reason });
    case 'worker.crashed':
      return change(state, event.workerId, {
        state: 'crashed',
        endedAt: at,
        exitReason: event.reason,
        ...(event.hold && { hold: event.hold }),
      });
  }
}

function change(state: CompanyState, id: WorkerId, fields: Partial<Worker>): void {
  const worker = state.workers.get(id);
  if (worker) state.workers.put({ ...worker, ...fields });
}
