/** Decides that an agent takes no task for a time, because it could do none, and that the time is over. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs, ms } from '../units.ts';
import type { OrgEvent } from './org-events.ts';

/** Whoever can do nothing for longer is looked at by a person: a week. */
const longest = ms(7 * 86_400_000);

/**
 * One that is paused stays so until somebody resumes it.
 * @throws CoordError `BAD_INPUT` - a person, or a time that is over or too far away
 */
export function decideRest(
  state: CompanyState,
  { reason, until }: CommandOf<'member.rest'>,
  context: Context,
): OrgEvent[] {
  const member = actingMember(state, context);
  const { id: memberId, name, kind, pause } = member;
  if (kind === 'human')
    throw new CoordError('BAD_INPUT', `${name} is a person: only an agent rests`, { memberId });
  if (until <= context.now || until > addMs(context.now, longest)) {
    throw new CoordError('BAD_INPUT', `${name} can’t rest until then: name a time in the next week`, {
      memberId,
    });
  }
  if (pause && (pause.until === null || pause.until >= until)) return [];
  return [{ type: 'member.rested', memberId, reason, until }];
}

/** Those whose time is over go on. */
export function endRests(state: CompanyState, now: EpochMs): OrgEvent[] {
  return state.index.membersDue.until(now).map(({ id }) => ({ type: 'member.resumed', memberId: id }));
}
