/** What `agentcoord status --json` says. */
import type { StatusView } from '../../contract/queries.ts';
import type { HostWarning } from '../../contract/rpc.ts';
import type { TaskState } from '../../core/task/task.ts';
import { isoTime } from '../output/time-text.ts';
import type { EpicDocument } from './epic-document.ts';
import { epicDocument } from './epic-document.ts';
import type { MemberDocument } from './member-document.ts';
import { memberDocument } from './member-document.ts';
import type { Names } from './names.ts';
import type { WorkerDocument } from './worker-document.ts';
import { workerDocument } from './worker-document.ts';

/** The host that runs; its token is never told. */
export interface HostDocument {
  readonly pid: number;
  readonly name: string;
  readonly startedAt: string;
  readonly url: string | null;
}

export interface StatusDocument {
  readonly company: { readonly id: string; readonly name: string; readonly template: string };
  readonly dataDir: string;
  /** Null: none runs, so no worker works. */
  readonly host: HostDocument | null;
  /** The last event of the company. */
  readonly head: number;
  readonly tasks: Readonly<Record<TaskState, number>>;
  readonly gatesWaiting: number;
  /** Null: work goes on. */
  readonly pause: {
    readonly kind: 'paused' | 'stopped';
    readonly reason: string;
    readonly by: string | null;
    readonly at: string;
  } | null;
  readonly members: readonly MemberDocument[];
  readonly epics: readonly EpicDocument[];
  /** Those that live. */
  readonly workers: readonly WorkerDocument[];
  /** What is wrong with this or another company of the host and needs a person. */
  readonly warnings: readonly HostWarning[];
}

export function statusDocument(
  status: StatusView,
  dataDir: string,
  host: HostDocument | null,
  names: Names,
  warnings: readonly HostWarning[],
): StatusDocument {
  const { id, name, template, pause } = status.company;
  return {
    company: { id, name, template },
    dataDir,
    host: host && { pid: host.pid, name: host.name, startedAt: host.startedAt, url: host.url },
    head: status.seq,
    tasks: status.tasks,
    gatesWaiting: status.gatesWaiting,
    pause: pause && {
      kind: pause.kind,
      reason: pause.reason,
      by: pause.by && names.member(pause.by),
      at: isoTime(pause.at),
    },
    members: status.members.map(memberDocument),
    epics: status.epics.map(epicDocument),
    workers: status.workers
      .filter((worker) => worker.endedAt === null)
      .map((worker) => workerDocument(worker, names)),
    warnings,
  };
}
