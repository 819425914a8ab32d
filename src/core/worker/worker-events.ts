/** What can have happened to a worker. */
import type { HostId, MemberId, WorkerId } from '../ids.ts';
import type { StartHold, Worker } from './worker.ts';

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
  | {
      readonly type: 'worker.crashed';
      readonly workerId: WorkerId;
      readonly reason: string;
      /** It came without a new version: a program that does not know it says less, and decides the same. */
      readonly hold?: StartHold;
    };

/** Somebody asked that host for workers; how each of them fares, its own events tell. It is only on record. */
export type WorkersAsked = {
  readonly type: 'worker.requested';
  readonly memberId: MemberId;
  readonly count: number;
  /** Null: the host's usual one. */
  readonly launcher: string | null;
  /** Null: the agent's own, or the host's. */
  readonly runner: string | null;
  /** Null: it shares the log with no other. */
  readonly hostId: HostId | null;
};
