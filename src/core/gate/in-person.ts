/** People sign for themselves: a program of the owner may act for another person, but not sign for them. */
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { Member } from '../org/org.ts';

/**
 * An agent's answer comes from a program in any case, so the owner's programs may give it.
 * @throws CoordError `NOT_IN_PERSON`
 */
export function requireInPerson({ actor }: Pick<Context, 'actor'>, { id, kind, name }: Member): void {
  const actedBy = actor.kind === 'member' ? actor.actedBy : undefined;
  if (kind === 'agent' || actedBy === undefined || actedBy === id) return;
  throw new CoordError(
    'NOT_IN_PERSON',
    `The verdict was refused: this session acts for ${name} with the owner's token, and nobody signs for another person. ` +
      `The owner signs as the owner, if entitled; ${name} with a session of their own`,
    { memberId: id, actedBy },
  );
}
