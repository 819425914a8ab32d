/** What can have happened to a file lock. */
import type { LockId, Seq } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { FileLock } from './lock.ts';

/** `lease_ended`: of the task that it was taken for. `forced`: by a person who may, or who stopped the company. */
export type LockEnd = 'released' | 'session_ended' | 'worker_ended' | 'lease_ended' | 'expired' | 'forced';

export type LockEvent =
  | {
      readonly type: 'lock.acquired';
      readonly lock: Pick<FileLock, 'id' | 'scope' | 'holder' | 'intent' | 'ttl' | 'until'>;
      /** Its token when it was given before, provisionally; left out: it is the `seq` of this event. */
      readonly token?: Seq;
    }
  | {
      readonly type: 'lock.renewed';
      readonly lockId: LockId;
      readonly token: Seq;
      readonly until: EpochMs;
    }
  | {
      readonly type: 'lock.released';
      readonly lockId: LockId;
      readonly token: Seq;
      readonly reason: LockEnd;
      /** What the person who forced it said; null otherwise. */
      readonly note: string | null;
    };
