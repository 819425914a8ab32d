/** Decides what is kept of a command that no longer fits, and what becomes of it. */
import { actingMember } from '../acting-member.ts';
import type { Command, CommandOf } from '../command.ts';
import { commandSchema } from '../command.ts';
import type { Actor, Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { hostName } from '../host/among-hosts.ts';
import { requireShared } from '../host/decide-host.ts';
import type { ConflictId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Conflict, KeptActor, Resolution } from './conflict.ts';
import type { ConflictEvent } from './conflict-events.ts';
import { whyLapses } from './lapse.ts';

/** One about which there is nothing to decide is resolved at once. @throws CoordError `WRONG_STATE` - the host shares with no other, so it was cut off from nobody */
export function decideRecordConflict(
  { conflict }: CommandOf<'conflict.record'>,
  context: Context,
): ConflictEvent[] {
  const hostId = requireShared(context, 'A conflict was refused');
  const id = context.newId('conflict');
  const reason = whyLapses(conflict.command);
  const recorded: ConflictEvent = { type: 'conflict.recorded', conflict: { id, hostId, ...conflict } };
  if (reason === null) return [recorded];
  return [recorded, { type: 'conflict.resolved', conflictId: id, how: 'lapsed', by: null, reason }];
}

/** Of a command that was just given again. @throws CoordError `NOT_FOUND`, `WRONG_STATE` - it is resolved */
export function decideReapplyConflict(
  state: CompanyState,
  { conflictId }: CommandOf<'conflict.reapply'>,
  context: Context,
): ConflictEvent[] {
  requireOpenConflict(state, conflictId);
  return [
    {
      type: 'conflict.resolved',
      conflictId,
      how: 'reapplied',
      by: actingMember(state, context).id,
      reason: null,
    },
  ];
}

/** @throws CoordError `NOT_FOUND`, `WRONG_STATE` - it is resolved */
export function decideDropConflict(
  state: CompanyState,
  { conflictId, reason }: CommandOf<'conflict.drop'>,
  context: Context,
): ConflictEvent[] {
  requireOpenConflict(state, conflictId);
  return [
    { type: 'conflict.resolved', conflictId, how: 'dropped', by: actingMember(state, context).id, reason },
  ];
}

/** @throws CoordError `NOT_FOUND`, `WRONG_STATE` */
export function requireOpenConflict(state: CompanyState, conflictId: ConflictId): Conflict {
  const conflict = state.conflicts.get(conflictId);
  if (!conflict) {
    throw new CoordError(
      'NOT_FOUND',
      `There is no conflict ${conflictId} in this company now; \`agentcoord conflicts\` lists those there are`,
      { conflictId },
    );
  }
  const { resolution } = conflict;
  if (!resolution) return conflict;
  throw new CoordError(
    'WRONG_STATE',
    `The conflict ${conflictId} is resolved already: ${resolutionWords(state, resolution)}`,
    { conflictId },
  );
}

function resolutionWords({ members }: CompanyState, { how, by, reason }: Resolution): string {
  if (by === null) return `it lapsed: ${reason}`;
  const name = members.get(by)?.name ?? by;
  return how === 'reapplied' ? `${name} applied it again` : `${name} dropped it: ${reason}`;
}

/**
 * What it is to be decided again, and by whom. The session is over, so nothing is held by it any more.
 * @throws CoordError `BAD_INPUT` - this program does not understand it
 */
export function keptCommand({ id, actor, command }: Conflict): { command: Command; actor: Actor } {
  const parsed = commandSchema.safeParse(command);
  if (parsed.success) return { command: parsed.data, actor: withoutSession(actor) };
  throw new CoordError(
    'BAD_INPUT',
    `${command.type} can't be applied again: this AgentCoord does not understand it as it was kept; ` +
      'do it anew, and drop the conflict',
    { conflictId: id },
  );
}

function withoutSession(actor: KeptActor): Actor {
  if (actor.kind === 'host') return actor;
  const { kind, memberId, workerId, actedBy } = actor;
  return { kind, memberId, ...(workerId && { workerId }), ...(actedBy && { actedBy }) };
}

/** The words for whoever applied it again in vain. */
export function stillRefused(state: CompanyState, conflict: Conflict, refusal: CoordError): CoordError {
  const { id, hostId, actor, command } = conflict;
  const memberId = actor.kind === 'member' ? actor.memberId : null;
  const name =
    memberId === null
      ? `the host ${hostName(state, hostId)}`
      : (state.members.get(memberId)?.name ?? memberId);
  return new CoordError(
    refusal.code,
    `${command.type} of ${name} still does not fit: ${refusal.message}. Change what is in its way, or drop the conflict`,
    { ...refusal.details, conflictId: id },
    { cause: refusal },
  );
}
