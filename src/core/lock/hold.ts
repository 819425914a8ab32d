/** What holding a lock allows: to renew it, and to write what it covers. */
import { actingSession } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { Seq, SessionId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs } from '../units.ts';
import type { FileLock } from './lock.ts';
import { holds } from './lock.ts';
import type { LockEvent } from './lock-events.ts';
import { lockLost } from './lock-lost.ts';
import { covers, readScope } from './path-scope.ts';

/** @throws CoordError `LOCK_LOST` - the session doesn't hold it with this token, or not any more */
export function decideRenewLock(
  state: CompanyState,
  { lockId, token }: CommandOf<'lock.renew'>,
  context: Context,
): LockEvent[] {
  const lock = requireHeld(state, { token, ...actingSession(context) }, context.now);
  if (lock.id !== lockId) throw lockLost(state, token);
  const until = addMs(context.now, lock.ttl);
  return until > lock.until ? [{ type: 'lock.renewed', lockId, token, until }] : [];
}

export interface Held {
  readonly sessionId: SessionId;
  /** Null: the caller named none. */
  readonly token: Seq | null;
}

/**
 * The lock under which a session may write a path at this instant.
 *
 * No token older than one that the path was written with before is let through: two locks that are held at the same
 * time share no path, so of two locks that cover this one, the first was free before the second was acquired, and
 * tokens rise. The current lock therefore has the highest token of all that ever covered the path, and nothing needs to
 * be remembered beside the locks themselves.
 * @throws CoordError `NOT_LOCKED` - no token, or one of a lock on something else; `LOCK_LOST`
 */
export function requireLockFor(state: CompanyState, held: Held, path: string, now: EpochMs): FileLock {
  const { sessionId, token } = held;
  if (token === null) {
    throw new CoordError(
      'NOT_LOCKED',
      `Can't write “${path}”: a write names the token of a lock on it. Lock it first`,
      {
        path,
      },
    );
  }
  const lock = requireHeld(state, { sessionId, token }, now, `write “${path}”`);
  if (covers(readScope(lock.scope), path)) return lock;
  throw new CoordError(
    'NOT_LOCKED',
    `Can't write “${path}”: the lock with token ${token} is on “${lock.scope}”. Lock this path, too`,
    { path, token, scope: lock.scope },
  );
}

function requireHeld(
  state: CompanyState,
  { sessionId, token }: { readonly sessionId: SessionId; readonly token: Seq },
  now: EpochMs,
  doing?: string,
): FileLock {
  const [lock] = state.index.locksByToken.get(token);
  if (lock && lock.holder.sessionId === sessionId && holds(lock, now)) return lock;
  throw lockLost(state, token, doing);
}
