/** A file lock: a timed claim of one session on the paths of a scope. */
import type { IsOurs } from '../host/host.ts';
import type { HostId, LockId, MemberId, Seq, SessionId, TaskId, WorkerId } from '../ids.ts';
import type { DurationMs, EpochMs } from '../units.ts';

export interface LockHolder {
  readonly memberId: MemberId;
  /** Only this session writes under the lock; it is freed when the session ends. */
  readonly sessionId: SessionId;
  /** Null when no worker's session holds it. */
  readonly workerId: WorkerId | null;
  /** Where that session is, and by whose clock the lock runs out; null: that host shared the log with no other. */
  readonly hostId: HostId | null;
  /** It is freed when this task's lease ends; null: it belongs to no task. */
  readonly taskId: TaskId | null;
}

export interface FileLock {
  readonly id: LockId;
  /** In normal form; `parseScope` reads it. */
  readonly scope: string;
  readonly holder: LockHolder;
  /** What it is for, in the holder's words: whoever waits reads it. */
  readonly intent: string;
  /** The fencing token: the `seq` of the event that acquired it, strictly rising over the locks of a company. */
  readonly token: Seq;
  readonly acquiredAt: EpochMs;
  /** How long it holds from a renewal on. */
  readonly ttl: DurationMs;
  /** From then on it holds nothing, whether it was freed yet or not. */
  readonly until: EpochMs;
}

/** A lock whose time is over holds nothing, also before time has passed for the company. */
export function holds({ until }: FileLock, now: EpochMs): boolean {
  return until > now;
}

/** The same, seen from a host: a lock of another one may have been renewed where nobody sees it. */
export function isInTheWay(lock: FileLock, now: EpochMs, isOurs: IsOurs): boolean {
  return holds(lock, now) || !isOurs(lock.holder.hostId);
}
