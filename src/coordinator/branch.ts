/** What a host does by itself while the log is away: keeps each deed, and does it again when the log is back. */
import type { BranchDeed, BranchStore, Deed, KeptDeed, SentAs } from '../contract/branch-store.ts';
import type { Fate } from '../contract/other-hosts.ts';
import type { Command } from '../core/command.ts';
import { isForgotten } from '../core/conflict/lapse.ts';
import type { Context } from '../core/context.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import { goOnAfter } from '../core/provisional.ts';
import type { CompanyState } from '../core/state.ts';
import { record, transact, transactAgain } from '../core/transact.ts';
import type { Decided } from './decide-batch.ts';
import { entitiesOf, hasEvents } from './decide-batch.ts';
import { DrawnIds } from './drawn-ids.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';

/** A deed that was decided again, or the conflict that it has become. */
export interface Redone extends Pick<Decided, 'events' | 'touches' | 'reads' | 'homes'> {
  readonly kept: KeptDeed;
}

/** Deeds that are read at once. */
const pageSize = 256;

export class Branch {
  readonly #open: () => BranchStore;
  #opened: BranchStore | null = null;
  readonly #onFault: OnFault;

  /** @param open called when it is needed first: a host whose log is never away needs none */
  constructor(open: () => BranchStore, onFault: OnFault) {
    this.#open = open;
    this.#onFault = onFault;
  }

  /** How much waits for the log. */
  get size(): number {
    return this.#store.count();
  }

  /** The batches as which something of it was sent, without an answer. */
  get batches(): readonly string[] {
    return this.#store.batches();
  }

  /** Durable when it returns. @throws CoordError as the store; nothing is kept then */
  keep(decided: readonly Decided[]): void {
    this.#keepAll(decided.filter(hasEvents).map((one) => kept(one, deedOf(one), one.ask.sent?.as ?? null)));
  }

  /** Claims that were sent in a batch and had no answer. @throws CoordError as the store */
  keepUnanswered(claims: readonly (readonly [Decided, SentAs])[]): void {
    this.#keepAll(claims.map(([claim, sentAs]) => kept(claim, { kind: 'unanswered_claim' }, sentAs)));
  }

  /** Folds what is kept into a state on which it is not, as far as it fits there; the rest shows when the log is back. */
  replay(state: CompanyState, choice: Context): void {
    for (const kept of this.#all()) {
      const last = kept.events.at(-1)?.seq;
      try {
        again(state, kept, { ...choice, isProvisional: true, stampedAt: kept.decidedAt });
      } catch (error) {
        refusalOf(error, this.#onFault);
      }
      if (last !== undefined) goOnAfter(state, last);
    }
  }

  /**
   * Forgets what stands in the log; a claim there of which nobody knows is to be given back.
   * @param eventAt the event of the log that has this number
   */
  async settle(
    fates: ReadonlyMap<string, Fate>,
    eventAt: (seq: Seq) => Promise<StoredEvent | undefined>,
  ): Promise<void> {
    const settled: KeptDeed[] = [];
    for (const deed of this.#all()) {
      const last = deed.sentAs && fates.get(deed.sentAs.batch)?.[deed.sentAs.place];
      const stands = typeof last === 'number' && isOutcomeOf(deed, await eventAt(last));
      // In its place: whoever claimed another task since must not hold two.
      if (stands && deed.deed.kind === 'unanswered_claim') this.#store.replace(deed, giveBack(deed, last));
      else if (stands || deed.deed.kind === 'unanswered_claim') settled.push(deed);
    }
    if (settled.length > 0) this.#store.forget(settled);
  }

  /** What was done first, in the order in which it was done. */
  first(limit: number): readonly KeptDeed[] {
    return this.#store.after(0, limit);
  }

  /** Decides it on what others did meanwhile, and folds it; what no longer fits becomes a conflict. */
  redo(state: CompanyState, deeds: readonly KeptDeed[], context: Context): Redone[] {
    return deeds.map((kept) => {
      const events = this.#redoOne(state, kept, context);
      return { kept, events, ...entitiesOf(state, events) };
    });
  }

  noteSent(deeds: readonly KeptDeed[], batch: string): void {
    this.#store.noteSent(deeds, batch);
  }

  forget(deeds: readonly KeptDeed[]): void {
    this.#store.forget(deeds);
  }

  close(): void {
    this.#opened?.close();
  }

  get #store(): BranchStore {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** One that is forgotten or replaced meanwhile has been met already. */
  *#all(): Generator<KeptDeed> {
    let page = this.#store.after(0, pageSize);
    for (let last = page.at(-1); last; last = page.at(-1)) {
      yield* page;
      page = this.#store.after(last.n, pageSize);
    }
  }

  #keepAll(deeds: readonly BranchDeed[]): void {
    if (deeds.length > 0) this.#store.keep(deeds);
  }

  #redoOne(state: CompanyState, kept: KeptDeed, context: Context): StoredEvent[] {
    const { actor, deed, decidedAt, events } = kept;
    try {
      return again(state, kept, { ...context, stampedAt: context.now });
    } catch (error) {
      const refusal = refusalOf(error, this.#onFault);
      // What the host said of its own workers and of the time is not for people to settle.
      if (deed.kind !== 'command' || actor.kind === 'host') return [];
      if (isForgotten(deed.command)) return [];
      return transact(
        state,
        {
          type: 'conflict.record',
          conflict: {
            actor,
            command: deed.command,
            events: events.map(({ seq, at, event }) => ({ seq, at, event: { ...event } })),
            refusal: { code: refusal.code, message: refusal.message },
            decidedAt,
          },
        },
        { ...context, actor: { kind: 'host' } },
      );
    }
  }
}

/** It was decided anew on the branch: taken there, it may have been refused in the batch that was sent, or the other way round. */
function isOutcomeOf({ deed }: KeptDeed, last: StoredEvent | undefined): boolean {
  return (deed.kind === 'record') === (last?.event.type === 'command.refused');
}

/** As of when it was done first, with the same ids. @throws CoordError why it no longer fits */
function again(state: CompanyState, kept: KeptDeed, context: Context): StoredEvent[] {
  const { actor, deed, decidedAt, ids, events } = kept;
  const newId = new DrawnIds(context.newId, ids).next;
  const then: Context = { ...context, actor, now: decidedAt, newId };
  switch (deed.kind) {
    case 'command':
      return transactAgain(state, deed.command, then, events);
    case 'record':
      return record(state, deed.event, then);
    case 'unanswered_claim':
      return [];
  }
}

function kept({ ask, decidedAt, ids, events }: Decided, deed: Deed, sentAs: SentAs | null): BranchDeed {
  return { actor: ask.actor, deed, decidedAt, ids, events, sentAs, lastOf: lastOf(deed) };
}

/** A day of signs of life is one: the last says all that those before it said. */
function lastOf(deed: Deed): string | null {
  if (deed.kind !== 'command' || deed.command.type !== 'worker.beat') return null;
  return `worker.beat ${deed.command.workerId}`;
}

/** @param last the `seq` of the last event of the claim, where it stands */
function giveBack({ actor, decidedAt, events }: KeptDeed, last: Seq): BranchDeed {
  const place = events.findIndex(({ event }) => event.type === 'task.claimed');
  const claimed = events[place]?.event;
  if (claimed?.type !== 'task.claimed') throw new Error('a claim that was sent claims a task');
  const token = (last - events.length + 1 + place) as Seq;
  const reason = 'it was claimed while Redis went away, and the claim had no answer';
  const command: Command = { type: 'task.release', taskId: claimed.taskId, token, reason };
  return {
    actor,
    deed: { kind: 'command', command },
    decidedAt,
    ids: [],
    events: [],
    sentAs: null,
    lastOf: null,
  };
}

function deedOf({ ask, events }: Decided): Deed {
  const [first] = events;
  if (first?.event.type === 'command.refused') return { kind: 'record', event: first.event };
  if ('refusal' in ask.command) throw new Error('a refused call leads to nothing but its record');
  return { kind: 'command', command: ask.command };
}
