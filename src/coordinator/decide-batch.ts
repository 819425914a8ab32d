/** Decides commands one after the other, each on top of the ones before it, and groups their events for the log. */
import type { EventGroup, Snapshot } from '../contract/event-log.ts';
import type { Receipt } from '../contract/rpc.ts';
import type { Command } from '../core/command.ts';
import type { Actor } from '../core/context.ts';
import { hostAlone } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { HostId, Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { EntityKey } from '../core/touches.ts';
import { homes, reads, readsAround, touches, touchesAround } from '../core/touches.ts';
import { transact } from '../core/transact.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import type { RefusalRecord } from './refusal-record.ts';
import type { World } from './world.ts';

/** A call that is no command and was refused already: it waits for its refusal to be on record. */
export interface RefusedCall {
  /** Its name, such as `writeFile`. */
  readonly type: string;
  readonly refusal: CoordError;
}

/** A command that waits for its receipt. */
export interface Ask {
  readonly actor: Actor;
  readonly command: Command | RefusedCall;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (refusal: CoordError) => void;
}

/** A refused command changes nothing; its events only put the refusal on record. */
export interface Decided extends Pick<EventGroup, 'touches' | 'reads' | 'homes'> {
  readonly ask: Ask;
  readonly events: readonly StoredEvent[];
  readonly refusal: CoordError | null;
}

/** A batch that is folded into the state, and not written yet. */
export interface DecidedBatch {
  readonly decided: readonly Decided[];
  /** The last event before it. */
  readonly base: Seq;
  /** Its own last event, or the one before it. */
  readonly head: Seq;
  /** Of the state at its head, when one is due. */
  readonly snapshot: Snapshot | null;
}

export interface DecideOptions {
  readonly world: World;
  /** Null: it shares the log with no other. */
  readonly host: HostId | null;
  readonly refusals: RefusalRecord;
  readonly onFault: OnFault;
}

/** The events of each command, or why it is refused. The state then holds them all; its journal can take them back. */
export function decideBatch(
  state: CompanyState,
  asks: readonly Ask[],
  { world: { now, newId, sha256, pick }, host, refusals, onFault }: DecideOptions,
): Decided[] {
  return asks.map((ask) => {
    const { actor, command } = ask;
    const context = { ...hostAlone, now: now(), actor, newId, sha256, host, pick };
    try {
      if ('refusal' in command) throw command.refusal;
      const events = transact(state, command, context);
      return { ask, events, ...entitiesOf(state, events), refusal: null };
    } catch (error) {
      const refusal = refusalOf(error, onFault);
      const events = refusals.keep(state, command, refusal, context);
      return { ask, events, ...entitiesOf(state, events), refusal };
    }
  });
}

export function hasEvents({ events }: Decided): boolean {
  return events.length > 0;
}

/** @param state into which they have just been folded */
export function entitiesOf(
  state: CompanyState,
  events: readonly StoredEvent[],
): Pick<EventGroup, 'touches' | 'reads' | 'homes'> {
  const touched = new Set<EntityKey>();
  const read = new Set<EntityKey>();
  for (const { event } of events) {
    for (const entity of touches(event)) touched.add(entity);
    for (const entity of touchesAround(state, event)) touched.add(entity);
    for (const entity of reads(event)) read.add(entity);
    for (const entity of readsAround(state, event)) read.add(entity);
  }
  return { touches: [...touched], reads: [...read], homes: homes(state, events) };
}
