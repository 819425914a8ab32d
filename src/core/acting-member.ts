/** The member who gives a command. */
import type { Context } from './context.ts';
import { CoordError } from './error.ts';
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
