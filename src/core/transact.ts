/** Runs one command against a state: what it decides, and everything that follows from that, or nothing at all. */
import type { AuditEvent } from './audit/audit-events.ts';
import { authorize } from './authorize.ts';
import type { Command, CommandOf } from './command.ts';
import { keptCommand, requireOpenConflict, stillRefused } from './conflict/decide-conflict.ts';
import { consequences } from './consequences.ts';
import type { Context } from './context.ts';
import type { SingleCommand } from './decide.ts';
import { decide } from './decide.ts';
import { CoordError } from './error.ts';
import type { CompanyEvent, StoredEvent } from './event.ts';
import { eventVersion } from './event.ts';
import { evolve } from './evolve.ts';
import type { Seq } from './ids.ts';
import { AddedIds, editRefused } from './org/added-ids.ts';
import { nextSeq } from './provisional.ts';
import type { CompanyState } from './state.ts';
import { decideTickAgain } from './tick-again.ts';

/**
 * Authorizes and decides the command, folds its events and their consequences into the state, and returns them all.
 * The numbers that the events carry are those they get if nobody else appends before them.
 * A caller that keeps the journal open until the events are durable can take them back; with a closed one they are final.
 * @throws CoordError the refusal; the state is then as it was
 */
export function transact(state: CompanyState, command: Command, context: Context): StoredEvent[] {
  return inOneStep(state, () => run(state, command, context));
}

function run(state: CompanyState, command: Command, context: Context): StoredEvent[] {
  authorize(state, command, context.actor);
  if (command.type === 'org.change') return editOrg(state, command, context);
  if (command.type !== 'conflict.reapply') return foldAll(state, decide(state, command, context), context);
  if (context.isAway) throw onlyTogether();
  const again = applyAgain(state, command, context);
  return [...again, ...foldAll(state, decide(state, command, context), context)];
}

/** @throws CoordError the refusal of the first edit that does not fit, with its place among them as `edit` */
function editOrg(state: CompanyState, { edits }: CommandOf<'org.change'>, context: Context): StoredEvent[] {
  const added = new AddedIds();
  return edits.flatMap((edit, place) => {
    try {
      const events = run(state, added.resolve(edit), context);
      added.note(edit, events);
      return events;
    } catch (refusal) {
      throw refusal instanceof CoordError ? editRefused(refusal, place) : refusal;
    }
  });
}

function onlyTogether(): CoordError {
  return new CoordError(
    'WRONG_STATE',
    'A conflict can’t be applied again while this host is cut off from the others: wait until it is back, or drop it',
  );
}

/** In the name of whoever gave it first. @throws CoordError why it still does not fit */
function applyAgain(
  state: CompanyState,
  { conflictId }: CommandOf<'conflict.reapply'>,
  context: Context,
): StoredEvent[] {
  const conflict = requireOpenConflict(state, conflictId);
  const { command, actor } = keptCommand(conflict);
  try {
    return run(state, command, { ...context, actor });
  } catch (refusal) {
    throw refusal instanceof CoordError ? stillRefused(state, conflict, refusal) : refusal;
  }
}

/**
 * The same for a command that was taken provisionally: what it takes is the same again, under the same tokens.
 * @param before what it led to then
 */
export function transactAgain(
  state: CompanyState,
  command: Command,
  then: Context,
  before: readonly StoredEvent[],
): StoredEvent[] {
  if (command.type === 'conflict.reapply' || command.type === 'org.change') {
    return transact(state, command, then);
  }
  const context: Context = { ...then, hasHappened: true };
  return inOneStep(state, () => {
    const same = sameAgain(command, before);
    authorize(state, same, context.actor);
    const tokens = before.flatMap(tokenGiven);
    const decided = decideAgain(state, same, context, before).map((event) => {
      if (event.type !== 'task.claimed' && event.type !== 'lock.acquired') return event;
      const token = tokens.shift();
      return token === undefined ? event : { ...event, token };
    });
    return foldAll(state, decided, context);
  });
}

function decideAgain(
  state: CompanyState,
  command: SingleCommand,
  context: Context,
  before: readonly StoredEvent[],
): CompanyEvent[] {
  return command.type === 'tick' ? decideTickAgain(state, context, before) : decide(state, command, context);
}

/** Whoever took the best task there was took that one. */
function sameAgain(command: SingleCommand, before: readonly StoredEvent[]): SingleCommand {
  if (command.type !== 'task.claim' || command.taskId !== null) return command;
  const claimed = before.find(({ event }) => event.type === 'task.claimed')?.event;
  return claimed?.type === 'task.claimed' ? { ...command, taskId: claimed.taskId } : command;
}

function tokenGiven({ seq, event }: StoredEvent): Seq[] {
  return event.type === 'task.claimed' || event.type === 'lock.acquired' ? [event.token ?? seq] : [];
}

function inOneStep(state: CompanyState, step: () => StoredEvent[]): StoredEvent[] {
  const { journal } = state;
  const isFinal = !journal.isOpen;
  if (isFinal) journal.begin();
  const mark = journal.mark();
  try {
    return step();
  } catch (refusal) {
    journal.rollbackTo(mark);
    throw refusal;
  } finally {
    if (isFinal) journal.commit();
  }
}

/** Puts something on record that no command decided, such as a refusal; it can't be refused itself. */
export function record(state: CompanyState, event: AuditEvent, context: Context): StoredEvent[] {
  return foldAll(state, [event], context);
}

/** What follows from an event comes before what was decided after it. */
function foldAll(state: CompanyState, decided: readonly CompanyEvent[], context: Context): StoredEvent[] {
  const events: StoredEvent[] = [];
  const pending = decided.toReversed();
  for (let event = pending.pop(); event; event = pending.pop()) {
    const stored = envelop(event, state, context);
    evolve(state, stored);
    events.push(stored);
    for (const next of consequences(state, event, context).reverse()) pending.push(next);
  }
  return events;
}

function envelop(event: CompanyEvent, state: CompanyState, context: Context): StoredEvent {
  const { now, actor, stampedAt = now, isProvisional = false } = context;
  const actorId = actor.kind === 'member' ? actor.memberId : null;
  const seq = nextSeq(state.seq, isProvisional);
  return { seq, version: eventVersion, at: stampedAt, actor: actorId, event };
}
