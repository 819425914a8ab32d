/** Decides commands one after the other, each on top of the ones before it, and groups their events for the log. */
import type { SentAs } from '../contract/branch-store.ts';
import type { EventGroup, Snapshot } from '../contract/event-log.ts';
import type { Receipt } from '../contract/rpc.ts';
import type { Command } from '../core/command.ts';
import type { Actor, Context, HostChoice } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { EntityKey } from '../core/touches.ts';
import { homes, reads, readsAround, touches, touchesAround } from '../core/touches.ts';
import { transact } from '../core/transact.ts';
import type { EpochMs } from '../core/units.ts';
import { DrawnIds } from './drawn-ids.ts';
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
  /** It was sent to the log, which did not answer: it draws the same ids again. */
  readonly sent?: { readonly ids: readonly string[]; readonly as: SentAs | null };
}

/** A refused command changes nothing; its events only put the refusal on record. */
export interface Decided extends Pick<EventGroup, 'touches' | 'reads' | 'homes'> {
  readonly ask: Ask;
  readonly events: readonly StoredEvent[];
  readonly refusal: CoordError | null;
  readonly decidedAt: EpochMs;
  readonly ids: readonly string[];
}

/** A batch that is folded into the state, and not written yet. */
export interface DecidedBatch {
  readonly decided: readonly Decided[];
  /** The last event before it. */
  readonly base: Seq;
  /** How many batches were open in the journal before it. */
  readonly depth: number;
  /** Its own last event, or the one before it. */
  readonly head: Seq;
  /** Of the state at its head, when one is due. */
  readonly snapshot: Snapshot | null;
  /** It was decided while the log was away. */
  readonly isProvisional: boolean;
}

export interface DecideOptions {
  readonly world: World;
  readonly choice: HostChoice;
  readonly refusals: RefusalRecord;
  readonly onFault: OnFault;
}

/** The events of each command, or why it is refused. The state then holds them all; its journal can take them back. */
export function decideBatch(
  state: CompanyState,
  asks: readonly Ask[],
  { world, choice, refusals, onFault }: DecideOptions,
): Decided[] {
  const { now, newId, sha256 } = world;
  return asks.map((ask) => {
    const { actor, command, sent } = ask;
    // Only who shares a log may have to decide the same again.
    const drawn = !choice.sharesLog ? null : new DrawnIds(newId, sent?.ids);
    const decidedAt = now();
    const context: Context = {
      ...{ now: decidedAt, actor, newId: drawn?.next ?? newId, sha256 },
      ...choice,
      isProvisional: choice.isAway,
    };
    const decided = (events: readonly StoredEvent[], refusal: CoordError | null): Decided => ({
      ...{ ask, events, refusal, decidedAt, ids: drawn?.ids ?? [] },
      ...entitiesOf(state, events),
    });
    try {
      if ('refusal' in command) throw command.refusal;
      return decided(transact(state, command, context), null);
    } catch (error) {
      const refusal = refusalOf(error, onFault);
      return decided(refusals.keep(state, command, refusal, context), refusal);
    }
  });
}

export function hasEvents({ events }: Pick<Decided, 'events'>): boolean {
  return events.length > 0;
}

/** @param decidedAt the last event before their batch */
export function groupOf(
  { events, touches, reads, homes = [] }: Pick<Decided, 'events' | 'touches' | 'reads' | 'homes'>,
  decidedAt: Seq,
): EventGroup {
  return { events, touches, reads, homes, decidedAt };
}

/** @param state into which they have just been folded */
export function entitiesOf(
  state: CompanyState,
  events: readonly StoredEvent[],
): Pick<Decided, 'touches' | 'reads' | 'homes'> {
  const touched: EntityKey[] = [];
  const read: EntityKey[] = [];
  for (const { event } of events) {
    for (const entity of touches(event)) touched.push(entity);
    for (const entity of touchesAround(state, event)) touched.push(entity);
    for (const entity of reads(event)) read.push(entity);
    for (const entity of readsAround(state, event)) read.push(entity);
  }
  return { touches: distinct(touched), reads: distinct(read), homes: homes(state, events) };
}

/** Most commands touch a single one. */
function distinct(entities: readonly EntityKey[]): readonly EntityKey[] {
  return entities.length < 2 ? entities : [...new Set(entities)];
}
