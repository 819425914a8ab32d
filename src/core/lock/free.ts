/** Decides how a lock comes free before its time is over. */
import { actingMember, actingSession } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyState } from '../state.ts';
import type { FileLock } from './lock.ts';
import type { LockEnd, LockEvent } from './lock-events.ts';
import { lockLost } from './lock-lost.ts';

export function freed({ id, token }: FileLock, reason: LockEnd, note: string | null = null): LockEvent {
  return { type: 'lock.released', lockId: id, token, reason, note };
}

/**
 * By the session that holds it, or by the person who holds it from another session of theirs.
 * @throws CoordError `LOCK_LOST` - it is not theirs, or not any more
 */
export function decideReleaseLock(
  state: CompanyState,
  { lockId, token }: CommandOf<'lock.release'>,
  context: Context,
): LockEvent[] {
  const member = actingMember(state, context);
  const { sessionId } = actingSession(context);
  const lock = state.locks.get(lockId);
  if (!lock || lock.token !== token) throw lockLost(state, token);
  const isOwn = lock.holder.sessionId === sessionId;
  const isSamePerson = member.kind === 'human' && lock.holder.memberId === member.id;
  if (!isOwn && !isSamePerson) throw lockLost(state, token);
  return [freed(lock, 'released')];
}

/** @throws CoordError `NOT_FOUND` - nobody holds it */
export function decideForceReleaseLock(
  state: CompanyState,
  { lockId, reason }: CommandOf<'lock.force_release'>,
): LockEvent[] {
  const lock = state.locks.get(lockId);
  if (lock) return [freed(lock, 'forced', reason)];
  throw new CoordError(
    'NOT_FOUND',
    `There is no lock ${lockId}: it is free already; \`agentcoord locks\` lists those there are`,
    {
      lockId,
    },
  );
}

/** Nothing happens when it held nothing. */
export function decideEndSession(state: CompanyState, { sessionId }: CommandOf<'session.end'>): LockEvent[] {
  return inOrder(state.index.locksBySession.get(sessionId)).map((lock) => freed(lock, 'session_ended'));
}

/** The oldest first, so that equal states free them alike. */
export function inOrder(locks: Iterable<FileLock>): FileLock[] {
  return [...locks].sort((a, b) => a.token - b.token);
}
