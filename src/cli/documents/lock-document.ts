/** What `--json` says of a file lock. Times are ISO 8601 in UTC; what is not there is null. */
import type { FileLock } from '../../core/lock/lock.ts';
import { isoTime } from '../output/time-text.ts';
import type { Names } from './names.ts';

export interface LockDocument {
  readonly id: string;
  /** A path with all below it, or a glob. */
  readonly scope: string;
  /** The member who has it. */
  readonly holder: string;
  /** The connection that has it; the lock ends with it. */
  readonly session: string;
  readonly worker: string | null;
  /** The lock ends with the lease of this task. */
  readonly task: string | null;
  readonly intent: string;
  /** The fencing token: rises from lock to lock. */
  readonly token: number;
  readonly acquiredAt: string;
  /** Unless it is renewed. */
  readonly until: string;
}

export function lockDocument(lock: FileLock, names: Pick<Names, 'member'>): LockDocument {
  return {
    id: lock.id,
    scope: lock.scope,
    holder: names.member(lock.holder.memberId),
    session: lock.holder.sessionId,
    worker: lock.holder.workerId,
    task: lock.holder.taskId,
    intent: lock.intent,
    token: lock.token,
    acquiredAt: isoTime(lock.acquiredAt),
    until: isoTime(lock.until),
  };
}
