/** Takes a file lock, and waits for whoever has it. */
import type { Coordination, Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { TaskId } from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import type { DurationMs } from '../core/units.ts';
import { ms } from '../core/units.ts';
import { Deadline, unlessAborted } from './abort.ts';
import type { LockHost } from './held-lock.ts';
import { HeldLock } from './held-lock.ts';
import type { Holdings } from './holdings.ts';

export interface LockWish {
  /** A path, or a glob. */
  readonly scope: string;
  /** What it is for: whoever waits reads it. */
  readonly intent: string;
  /** How long it holds without renewal; null: the company's. */
  readonly ttl?: DurationMs | null;
  /** The lock ends with this task's lease. */
  readonly taskId?: TaskId | null;
  /** How long to wait for whoever has it, in ms; left out: not at all. `Infinity`: until it is free. */
  readonly wait?: number;
  /** Ends the waiting; a lock that was given just then is given back. */
  readonly signal?: AbortSignal;
}

/**
 * @param holdings sees the company's events: by them the lock learns that it is lost
 * @throws CoordError `LOCK_HELD` - somebody has it still when the wait is over: who, for what and until when
 * @throws CoordError `PATH_OUTSIDE`, `BAD_INPUT`, `LEASE_LOST`; the signal's reason when it aborts
 */
export async function acquireLock(
  host: LockHost & Pick<Coordination, 'query'>,
  holdings: Pick<Holdings<HeldLock>, 'take' | 'remove'>,
  { scope, intent, ttl = null, taskId = null, wait = 0, signal }: LockWish,
): Promise<HeldLock> {
  const deadline = new Deadline(wait);
  const ask = async () => {
    const askedAt = performance.now();
    const { events } = await host.command({ type: 'lock.acquire', scope, intent, ttl, taskId });
    return new HeldLock(host, holdings, lockIn(events), askedAt);
  };
  for (;;) {
    signal?.throwIfAborted();
    const taking = holdings.take(ask);
    try {
      const held = await unlessAborted(taking, signal);
      if (held) return held;
    } catch (error) {
      // Nobody will hear of it, if it comes.
      taking.then((held) => held?.release()).catch(() => undefined);
      const isHeld = error instanceof CoordError && error.code === 'LOCK_HELD';
      if (!isHeld || deadline.isOver) throw error;
      await unlessAborted(host.query('lockFree', { scope, wait: ms(deadline.share) }), signal);
    }
  }
}

function lockIn(events: Receipt['events']): FileLock {
  for (const { event, seq, at } of events) {
    if (event.type === 'lock.acquired') return { ...event.lock, token: seq, acquiredAt: at };
  }
  throw new CoordError('INTERNAL', 'The host took the command but its receipt has no lock');
}
