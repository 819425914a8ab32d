/** The member who gives a command, and the session by which they do. */
import type { Context } from './context.ts';
import { CoordError } from './error.ts';
import type { SessionId, WorkerId } from './ids.ts';
import { requireMember } from './org/membership.ts';
import type { Member } from './org/org.ts';
import type { CompanyState } from './state.ts';

/** @throws CoordError `FORBIDDEN` - it is the host, which acts for nobody; `NOT_FOUND` - the member is gone */
export function actingMember(state: CompanyState, { actor }: Pick<Context, 'actor'>): Member {
  if (actor.kind === 'member') return requireMember(state, actor.memberId);
  throw new CoordError(
    'FORBIDDEN',
    'The host may not do this: only a member can, with a session of their own',
  );
}

/** @throws CoordError `SESSION_INVALID` - there is none, so nothing could be freed when it ends */
export function actingSession({ actor }: Pick<Context, 'actor'>): {
  readonly sessionId: SessionId;
  readonly workerId: WorkerId | null;
} {
  if (actor.kind === 'member' && actor.sessionId !== undefined) {
    return { sessionId: actor.sessionId, workerId: actor.workerId ?? null };
  }
  throw new CoordError(
    'SESSION_INVALID',
    'A file lock was refused: only a session can hold one; say hello first',
  );
}
