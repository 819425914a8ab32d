/** The words for a holder whose lock is gone. */
import { CoordError } from '../error.ts';
import type { Seq } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { FileLock } from './lock.ts';

/** @param doing what is refused, after `Can't` */
export function lockLost(state: CompanyState, token: Seq, doing = 'use the lock'): CoordError {
  const [lock] = state.index.locksByToken.get(token);
  return new CoordError(
    'LOCK_LOST',
    `Can't ${doing} with token ${token}: ${whyLost(lock)}. Take the lock again, read the file anew, and do the change again`,
    { token },
  );
}

function whyLost(lock: FileLock | undefined): string {
  if (!lock) return 'its lock ran out, was released or was taken away';
  return 'its lock is held by another session, or its time is over';
}
