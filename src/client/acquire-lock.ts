/** Takes a file lock, and waits for whoever has it. */
import type { Coordination, Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { TaskId } from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import type { DurationMs } from '../core/units.ts';
import { ms, seconds } from '../core/units.ts';

export interface LockWish {
  /** A path, or a glob. */
  readonly scope: string;
  /** What it is for: whoever waits reads it. */
  readonly intent: string;
  /** How long it holds without renewal; null: the company's. */
  readonly ttl?: DurationMs | null;
  /** The lock ends with this task's lease. */
  readonly taskId?: TaskId | null;
  /** How long to wait for whoever has it; left out: not at all. */
  readonly wait?: DurationMs;
  /** Ends the waiting; a lock that was given just then is given back. */
  readonly signal?: AbortSignal;
}

/** How long one question waits at the host. */
const askFor = seconds(30);

/**
 * @throws CoordError `LOCK_HELD` - somebody has it still when the wait is over: who, for what and until when
 * @throws CoordError `PATH_OUTSIDE`, `BAD_INPUT`, `LEASE_LOST`; the signal's reason when it aborts
 */
export async function acquireLock(
  host: Pick<Coordination, 'command' | 'query'>,
  { scope, intent, ttl = null, taskId = null, wait = ms(0), signal }: LockWish,
): Promise<FileLock> {
  const deadline = performance.now() + wait;
  for (;;) {
    signal?.throwIfAborted();
    try {
      const lock = lockIn(await host.command({ type: 'lock.acquire', scope, intent, ttl, taskId }));
      if (!signal?.aborted) return lock;
      await host.command({ type: 'lock.release', lockId: lock.id, token: lock.token });
    } catch (error) {
      const left = Math.ceil(deadline - performance.now());
      if (!(error instanceof CoordError) || error.code !== 'LOCK_HELD' || left <= 0) throw error;
      await unlessAborted(host.query('lockFree', { scope, wait: Math.min(left, askFor) }), signal);
    }
  }
}

function lockIn({ events }: Receipt): FileLock {
  for (const { event, seq, at } of events) {
    if (event.type === 'lock.acquired') return { ...event.lock, token: seq, acquiredAt: at };
  }
  throw new CoordError('INTERNAL', 'The host took the command but its receipt has no lock');
}

/** The host goes on waiting for a while; nobody listens to it then. */
async function unlessAborted(asked: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) {
    await asked;
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    asked.then(() => resolve(), reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
