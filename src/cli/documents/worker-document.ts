/** What `--json` says of a worker. Times are ISO 8601 in UTC; what is not there is null. */
import type { Worker, WorkerState } from '../../core/worker/worker.ts';
import { isoTime } from '../output/time-text.ts';
import type { Names } from './names.ts';

export interface WorkerDocument {
  readonly id: string;
  /** Whom it acts for. */
  readonly agent: string;
  readonly state: WorkerState;
  /** The id of the host that runs it; null: that shares the log with no other. */
  readonly host: string | null;
  readonly pid: number | null;
  readonly launcher: string;
  readonly runner: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly endedAt: string | null;
  readonly exitReason: string | null;
  /** It was silent for so long that the company gave its tasks to others. */
  readonly hung: boolean;
  /** Why it takes no task for now; null: it is not paused. */
  readonly paused: string | null;
}

export function workerDocument(worker: Worker, names: Names): WorkerDocument {
  return {
    id: worker.id,
    agent: names.member(worker.memberId),
    state: worker.state,
    host: worker.hostId,
    pid: worker.pid,
    launcher: worker.launcher,
    runner: worker.runner,
    startedAt: isoTime(worker.startedAt),
    lastSeenAt: isoTime(worker.lastSeenAt),
    endedAt: worker.endedAt && isoTime(worker.endedAt),
    exitReason: worker.exitReason,
    hung: worker.state === 'hung',
    paused: worker.pause?.reason ?? null,
  };
}
