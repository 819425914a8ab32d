/** A lock that its holder never renews: it lasts for its time. */
import type { LockWish } from '../../src/client/acquire-lock.ts';
import { acquireLock } from '../../src/client/acquire-lock.ts';
import { Holdings } from '../../src/client/holdings.ts';
import type { FileLock } from '../../src/core/lock/lock.ts';

export async function lockUnrenewed(
  host: Parameters<typeof acquireLock>[0],
  wish: LockWish,
): Promise<FileLock> {
  const held = await acquireLock(host, new Holdings(), wish);
  held.abandon();
  return held.lock;
}
