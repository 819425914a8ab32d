/** Runs one command against a state: what it decides, and everything that follows from that, or nothing at all. */
import { authorize } from './authorize.ts';
import type { Command } from './command.ts';
import { consequences } from './consequences.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import type { CompanyEvent, StoredEvent } from './event.ts';
import { eventVersion } from './event.ts';
import { evolve } from './evolve.ts';
import type { Seq } from './ids.ts';
import type { CompanyState } from './state.ts';

/**
 * Authorizes and decides the command, folds its events and their consequences into the state, and returns them all.
 * The numbers that the events carry are those they get if nobody else appends before them.
 * The caller keeps the journal open until the events are durable, so that they can be taken back.
 * @throws CoordError the refusal; the state is then as it was
 */
export function transact(state: CompanyState, command: Command, context: Context): StoredEvent[] {
  const mark = state.journal.mark();
  try {
    authorize(state, command, context.actor);
    const events: StoredEvent[] = [];
    const pending: CompanyEvent[] = decide(state, command, context);
    for (let event = pending.shift(); event; event = pending.shift()) {
      const stored = envelop(event, state, context);
      evolve(state, stored);
      events.push(stored);
      pending.unshift(...consequences(state, event, context));
    }
    return events;
  } catch (refusal) {
    state.journal.rollbackTo(mark);
    throw refusal;
  }
}

function envelop(event: CompanyEvent, state: CompanyState, { now, actor }: Context): StoredEvent {
  const actorId = actor.kind === 'member' ? actor.memberId : null;
  return { seq: (state.seq + 1) as Seq, version: eventVersion, at: now, actor: actorId, event };
}
