/** Decides what is only put on record. */
import { actingSession } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { requireMember } from '../org/membership.ts';
import type { CompanyState } from '../state.ts';
import type { AuditEvent } from './audit-events.ts';

export function decideLogDecision({ kind, context, reason }: CommandOf<'decision.log'>): AuditEvent[] {
  return [{ type: 'decision.logged', kind, context, reason }];
}

/** Of the very session that asks: nobody puts another one on record. @throws CoordError `NOT_FOUND`, `SESSION_INVALID` */
export function decideOpenSession(
  state: CompanyState,
  { memberId, client, pid, workingOn }: CommandOf<'session.open'>,
  context: Context,
): AuditEvent[] {
  const { id } = requireMember(state, memberId);
  const { sessionId } = actingSession(context);
  return [{ type: 'session.opened', sessionId, memberId: id, client, pid, reason: workingOn }];
}
