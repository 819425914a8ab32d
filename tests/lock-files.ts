/** Takes a file lock in a test, and gives it back. */
import type { Coordination } from '../src/contract/rpc.ts';
import type { FileLock } from '../src/core/lock/lock.ts';
import type { DurationMs } from '../src/core/units.ts';

export interface TakenLock {
  readonly lock: FileLock;
  release(): Promise<unknown>;
}

/** @throws CoordError the refusal */
export async function lockFiles(
  session: Pick<Coordination, 'command' | 'query'>,
  scope: string,
  { ttl = null }: { ttl?: DurationMs | null } = {},
): Promise<TakenLock> {
  const { events } = await session.command({ type: 'lock.acquire', scope, intent: 'for a test', ttl });
  for (const { event, seq, at } of events) {
    if (event.type !== 'lock.acquired') continue;
    const lock = { ...event.lock, token: seq, acquiredAt: at };
    const held = { lockId: lock.id, token: seq };
    return { lock, release: () => session.command({ type: 'lock.release', ...held }) };
  }
  throw new Error(`${scope} was not locked, and not refused`);
}
