/** A file lock: a timed claim of one session on the paths of a scope. */
import type { LockId, MemberId, Seq, SessionId, TaskId, WorkerId } from '../ids.ts';
import type { DurationMs, EpochMs } from '../units.ts';

export interface LockHolder {
  readonly memberId: MemberId;
  /** Only this session writes under the lock; it is freed when the session ends. */
  readonly sessionId: SessionId;
  /** Null when no worker's session holds it. */
  readonly workerId: WorkerId | null;
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
