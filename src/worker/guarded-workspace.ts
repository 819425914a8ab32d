/** The company's files for one task: every write goes through the host, which alone knows who holds which lock. */
import { acquireLock } from '../client/acquire-lock.ts';
import type { HeldLock } from '../client/held-lock.ts';
import type { Holdings } from '../client/holdings.ts';
import type {
  FileChange,
  GuardedWorkspace,
  LockedFiles,
  LockOptions,
} from '../contract/guarded-workspace.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { Seq, TaskId } from '../core/ids.ts';

type FilesHost = Pick<
  Coordination,
  'command' | 'query' | 'listFiles' | 'readFile' | 'writeFile' | 'mergeFiles'
>;

export interface TaskWorkspace extends GuardedWorkspace {
  /** The task is over, and its locks with it. */
  close(): void;
}

/**
 * @param taskId whose lease the locks end with; null: they end with the session
 * @param locks those of this worker: they see the company's events
 * @param signal ends the waiting for a lock
 */
export function openGuardedWorkspace(
  host: FilesHost,
  taskId: TaskId | null,
  locks: Holdings<HeldLock>,
  signal: AbortSignal,
): TaskWorkspace {
  const held = new Set<HeldLock>();
  return {
    list: () => host.listFiles({ taskId }),
    read: (path) => readFile(host, path, taskId),
    lock: async (scope, { intent, ttl, wait }: LockOptions) => {
      const wish = { scope, intent, taskId, signal };
      const kept = await acquireLock(host, locks, { ...wish, ...(ttl && { ttl }), ...(wait && { wait }) });
      held.add(kept);
      return lockedFiles(host, kept, taskId, () => held.delete(kept));
    },
    close: () => {
      for (const lock of held) lock.abandon();
      held.clear();
    },
  };
}

function lockedFiles(
  host: FilesHost,
  kept: HeldLock,
  taskId: TaskId | null,
  forget: () => void,
): LockedFiles {
  const { token } = kept;
  return {
    token,
    lost: kept.lost,
    read: (path) => readFile(host, path, taskId),
    write: async (path, bytes) => {
      await host.writeFile({ ...sealed({ path, bytes }, token), taskId });
    },
    merge: (changes) => host.mergeFiles({ files: changes.map((change) => sealed(change, token)), taskId }),
    release: async () => {
      forget();
      await kept.release();
    },
  };
}

async function readFile(host: FilesHost, path: string, taskId: TaskId | null): Promise<Uint8Array | null> {
  const file = await host.readFile({ path, taskId });
  return file && Buffer.from(file.base64, 'base64');
}

function sealed({ path, bytes, ...condition }: FileChange, token: Seq) {
  return { path, base64: bytes && Buffer.from(bytes).toString('base64'), token, ...condition };
}
