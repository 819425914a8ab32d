/** Folds what happened to a file lock. */
import type { StoredEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import type { LockEvent } from './lock-events.ts';

export function evolveLock(
  state: CompanyState,
  event: LockEvent,
  { seq, at }: Pick<StoredEvent, 'seq' | 'at'>,
): void {
  switch (event.type) {
    case 'lock.acquired':
      state.locks.put({ ...event.lock, token: event.token ?? seq, acquiredAt: at });
      return;
    case 'lock.renewed': {
      const lock = state.locks.get(event.lockId);
      if (lock) state.locks.put({ ...lock, until: event.until });
      return;
    }
    case 'lock.released':
      state.locks.delete(event.lockId);
      return;
  }
}
