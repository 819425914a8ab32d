/** The company's files as a runner sees them: written under a lock, or not at all. */
import type { ArtifactHash, Seq } from '../core/ids.ts';
import type { DurationMs } from '../core/units.ts';
import type { ListedFile, WrittenFile } from './workspace.ts';

export interface GuardedWorkspace {
  /**
   * Takes the scope (a path, or a glob) for this task, and keeps it until it is released or the task ends.
   * @throws CoordError `LOCK_HELD` - somebody has it still when the wait is over; `PATH_OUTSIDE`, `BAD_INPUT`, `LEASE_LOST`
   */
  lock(scope: string, options: LockOptions): Promise<LockedFiles>;
  /** All files by path, without those of git and of installed packages. */
  list(): Promise<readonly ListedFile[]>;
  /** The file as it is now; null when there is none. Whoever wants to change it reads it under the lock. */
  read(path: string): Promise<Uint8Array | null>;
}

export interface LockOptions {
  /** What it is for, in a few words: whoever waits reads it. */
  readonly intent: string;
  /** How long it holds while nobody renews it, such as when the worker is paused; left out: the company's. */
  readonly ttl?: DurationMs;
  /** How long to wait for whoever has it; left out: not at all. */
  readonly wait?: DurationMs;
}

export interface FileChange {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** The whole file; null removes it. */
  readonly bytes: Uint8Array | null;
  /** Refused unless the file has this hash now; null: unless it is not there. */
  readonly ifHash?: ArtifactHash | null;
}

export interface LockedFiles {
  /** The fencing token. */
  readonly token: Seq;
  /** Aborts when the lock is lost: what was read under it may be old by now, and writes are refused. */
  readonly lost: AbortSignal;
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Resolves once the file is durable.
   * @throws CoordError `LOCK_LOST` - take the lock again, read the file anew, do the change again; `NOT_LOCKED`,
   *   `PATH_OUTSIDE`, `NOT_A_FILE`, `TOO_LARGE`, `WORKSPACE_UNUSABLE`
   */
  write(path: string, bytes: Uint8Array | null): Promise<void>;
  /** All of the changes or none. @throws CoordError as `write` does */
  merge(changes: readonly FileChange[]): Promise<readonly WrittenFile[]>;
  release(): Promise<void>;
}
