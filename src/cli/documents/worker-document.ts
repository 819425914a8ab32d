/** What `--json` says of a worker. Times are ISO 8601 in UTC; what is not there is null. */
import type { ProcessUse, WorkerFacts, WorkerSpending } from '../../contract/worker-facts.ts';
import type { WorkerStage } from '../../core/worker/stage.ts';
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

/** Of a worker that lives, beside what its document says. */
export interface WorkerFactsDocument {
  /** `busy` and `paused` beside the states. */
  readonly stage: WorkerStage;
  /** Such as `suspected hung: no heartbeat for 4 min`. */
  readonly suspicion: string | null;
  /** Path or glob of each file lock of its tasks. */
  readonly locks: readonly string[];
  /** Of all that it started, too; null where its host does not tell. */
  readonly process: ProcessUse | null;
  /** Since it started; `money` in US dollars. */
  readonly spent: Omit<WorkerSpending, 'money'> & { readonly money: number };
}

export function workerFactsDocument(facts: WorkerFacts): WorkerFactsDocument {
  const { stage, suspicion, locks, process, spent } = facts;
  return {
    stage,
    suspicion,
    locks: locks.map(({ scope }) => scope),
    process,
    spent: { ...spent, money: spent.money / 1_000_000 },
  };
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
