/** What `agentcoord hosts --json` says of a host. Times are ISO 8601 in UTC. */
import type { HostView } from '../../contract/queries.ts';
import type { HostState } from '../../core/host/host.ts';
import { isoTime } from '../output/time-text.ts';
import type { Names } from './names.ts';
import type { WorkerDocument } from './worker-document.ts';
import { workerDocument } from './worker-document.ts';

export interface CompanyHostDocument {
  readonly id: string;
  /** Of its machine. */
  readonly name: string;
  readonly state: HostState;
  /** When it came to be so. */
  readonly since: string;
  readonly joinedAt: string;
  /** Those that run there. */
  readonly workers: readonly WorkerDocument[];
  /** How many tasks that are not over are at home there. */
  readonly tasks: number;
  /** It is the one that was asked. */
  readonly isThis: boolean;
  /** Whether it shows itself to the others now; null: nobody was asked. One that does not may have gone on by itself. */
  readonly isSeen: boolean | null;
  /** When it did so last; null: never, or nobody was asked. */
  readonly seenAt: string | null;
}

export function companyHostDocument(
  { host, workers, tasks, isThis, sight }: HostView,
  names: Names,
): CompanyHostDocument {
  const { id, name, state, joinedAt, goneAt } = host;
  return {
    id,
    name,
    state,
    since: isoTime(goneAt ?? joinedAt),
    joinedAt: isoTime(joinedAt),
    workers: workers.map((worker) => workerDocument(worker, names)),
    tasks,
    isThis,
    isSeen: sight?.isSeen ?? null,
    seenAt: sight ? isoTime(sight.seenAt) : null,
  };
}
