/** What can have happened to a worker. */
import type { WorkerId } from '../ids.ts';
import type { Worker } from './worker.ts';

export type WorkerEvent =
  | {
      readonly type: 'worker.started';
      readonly worker: Pick<Worker, 'id' | 'memberId' | 'hostId' | 'launcher' | 'runner'>;
    }
  | { readonly type: 'worker.ready'; readonly workerId: WorkerId; readonly pid: number }
  /** A sign of life; recorded at most once in a heartbeat period. */
  | { readonly type: 'worker.seen'; readonly workerId: WorkerId }
  | { readonly type: 'worker.draining'; readonly workerId: WorkerId }
  | { readonly type: 'worker.paused'; readonly workerId: WorkerId; readonly reason: string }
  | { readonly type: 'worker.resumed'; readonly workerId: WorkerId }
  /** It was silent for too long: what it held is another's to do. */
  | { readonly type: 'worker.hung'; readonly workerId: WorkerId; readonly reason: string }
  | { readonly type: 'worker.stopped'; readonly workerId: WorkerId; readonly reason: string }
  | { readonly type: 'worker.crashed'; readonly workerId: WorkerId; readonly reason: string };
