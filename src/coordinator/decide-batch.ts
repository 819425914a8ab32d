/** Decides commands one after the other, each on top of the ones before it, and groups their events for the log. */
import type { EventGroup } from '../contract/event-log.ts';
import type { Receipt } from '../contract/rpc.ts';
import type { Command } from '../core/command.ts';
import type { Actor } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { touches } from '../core/touches.ts';
import { transact } from '../core/transact.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import type { World } from './world.ts';

/** A command that waits for its receipt. */
export interface Ask {
  readonly actor: Actor;
  readonly command: Command;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (refusal: CoordError) => void;
}

export type Decided =
  | { readonly ask: Ask; readonly events: readonly StoredEvent[] }
  | { readonly ask: Ask; readonly refusal: CoordError };

/** The events of each command, or why it is refused. The state then holds them all; its journal can take them back. */
export function decideBatch(
  state: CompanyState,
  asks: readonly Ask[],
  world: World,
  onFault: OnFault,
): Decided[] {
  return asks.map((ask) => {
    try {
      const { actor, command } = ask;
      const { newId, sha256 } = world;
      return { ask, events: transact(state, command, { now: world.now(), actor, newId, sha256 }) };
    } catch (error) {
      return { ask, refusal: refusalOf(error, onFault) };
    }
  });
}

export function hasEvents(decided: Decided): decided is Extract<Decided, { events: unknown }> {
  return 'events' in decided && decided.events.length > 0;
}

/** @param decidedAt the last event that was durable when the batch was decided */
export function groupOf(events: readonly StoredEvent[], decidedAt: Seq): EventGroup {
  const touched = new Set(events.flatMap(({ event }) => touches(event)));
  return { events, touches: [...touched], decidedAt };
}
