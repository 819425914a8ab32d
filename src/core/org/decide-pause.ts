/** Decides to let the company or an agent rest, and to let them go on. Asking for what is so already changes nothing. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import type { CompanyState } from '../state.ts';
import { requireMember } from './membership.ts';
import type { OrgEvent } from './org-events.ts';
import { requireCompany } from './require-company.ts';

/** A company that was stopped stays stopped. */
export function decidePauseCompany(state: CompanyState, { reason }: CommandOf<'company.pause'>): OrgEvent[] {
  return requireCompany(state).pause ? [] : [{ type: 'company.paused', reason }];
}

/** A pause can become a stop. */
export function decideStopCompany(state: CompanyState, { reason }: CommandOf<'company.stop'>): OrgEvent[] {
  return requireCompany(state).pause?.kind === 'stopped' ? [] : [{ type: 'company.stopped', reason }];
}

export function decideResumeCompany(state: CompanyState): OrgEvent[] {
  return requireCompany(state).pause ? [{ type: 'company.resumed' }] : [];
}

/** @throws CoordError `NOT_FOUND`; `BAD_INPUT` - a person claims only what they name, so there is nothing to pause */
export function decidePauseMember(
  state: CompanyState,
  { memberId, reason }: CommandOf<'member.pause'>,
): OrgEvent[] {
  const member = requireMember(state, memberId);
  if (member.kind === 'human') {
    throw new CoordError('BAD_INPUT', `${member.name} is a person: only an agent can be paused`, {
      memberId,
    });
  }
  return member.pause ? [] : [{ type: 'member.paused', memberId, reason }];
}

/** @throws CoordError `NOT_FOUND` */
export function decideResumeMember(
  state: CompanyState,
  { memberId }: CommandOf<'member.resume'>,
): OrgEvent[] {
  return requireMember(state, memberId).pause ? [{ type: 'member.resumed', memberId }] : [];
}
