/** Decides batches of commands and writes them, each on top of the one before it, which may still be on its way. */
import type { EventLog } from '../contract/event-log.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { HostId, Seq } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import type { Ask, Decided, DecidedBatch } from './decide-batch.ts';
import { decideBatch, hasEvents } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import { catchUp, fold } from './open-state.ts';
import { RefusalRecord } from './refusal-record.ts';
import type { Snapshots } from './snapshots.ts';
import type { World } from './world.ts';

export interface BatchWriterParts {
  readonly state: CompanyState;
  readonly log: EventLog;
  readonly world: World;
  readonly host: HostId | null;
  readonly snapshots: Snapshots;
  readonly onFault: OnFault;
  /** Is told of events once they are durable and folded. */
  readonly publish: (events: readonly StoredEvent[]) => void;
}

/** How often a command is decided anew because another host changed what it is about. */
const maxDecisions = 8;

export class BatchWriter {
  readonly #parts: BatchWriterParts;
  readonly #refusals = new RefusalRecord();
  #revision = 0;
  #isFolding = false;
  #durable: Seq;
  /** The log holds what this program can't fold: nothing may be decided on a state that it does not know. */
  #halted: CoordError | null = null;

  constructor(parts: BatchWriterParts) {
    this.#parts = parts;
    this.#durable = parts.state.seq;
  }

  /** The last event that is in the log and folded. */
  get durable(): Seq {
    return this.#durable;
  }

  /**
   * Changes when decisions were taken back, and again when what others did instead is folded: what was decided or seen
   * before may never have happened, and what was seen in between may be the half of it.
   */
  get revision(): number {
    return this.#revision;
  }

  /** Decides the batch on top of the earlier one, which is still being written, and writes it when that is done. */
  async run(asks: readonly Ask[], earlier: Promise<void>): Promise<void> {
    if (this.#halted) {
      await earlier;
      return refuseAll(asks, this.#halted);
    }
    // The state is on its way to what others made of it: nothing is decided in between. It is the earlier batch that
    // folds, since no more than two are under way.
    if (this.#isFolding) await earlier;
    const revision = this.#revision;
    const decided = this.#decide(asks);
    await earlier;
    // It may have met what this program can't read; what was decided on top of it was taken back with it.
    if (this.#halted) return refuseAll(asks, this.#halted);
    // The earlier batch could not be written as it was decided, so neither can this one.
    let again = await this.#write(revision === this.#revision ? decided : this.#decide(asks));
    for (let round = 2; again.length > 0 && round <= maxDecisions; round += 1) {
      again = await this.#write(this.#decide(again));
    }
    for (const ask of again) ask.reject(contended(ask.command));
  }

  /** Folds what others appended, those of the events that are not folded yet; no batch may be under way. */
  foldAppended(events: readonly StoredEvent[]): void {
    const { state, publish } = this.#parts;
    const missed = events.filter(({ seq }) => seq > state.seq);
    try {
      for (const stored of missed) fold(state, stored);
      this.#durable = state.seq;
      publish(missed);
    } catch (error) {
      this.#haltIfUnknown(error);
    }
  }

  #haltIfUnknown(error: unknown): CoordError {
    const refusal = refusalOf(error, this.#parts.onFault);
    if (refusal.code === 'DATABASE_TOO_NEW' || refusal.code === 'DATABASE_DAMAGED') this.#halted = refusal;
    return refusal;
  }

  #decide(asks: readonly Ask[]): DecidedBatch {
    const { state, world, host, snapshots, onFault } = this.#parts;
    const base = state.seq;
    state.journal.begin();
    const decided = decideBatch(state, asks, { world, host, refusals: this.#refusals, onFault });
    return { decided, base, head: state.seq, snapshot: snapshots.take(state) };
  }

  /** @returns the commands that must be decided again */
  async #write({ decided, base, head, snapshot }: DecidedBatch): Promise<readonly Ask[]> {
    const appended = decided.filter(hasEvents);
    let results: readonly (Seq | 'conflict')[];
    try {
      const groups = appended.map(({ events, touches, reads }) => ({
        events,
        touches,
        reads,
        decidedAt: base,
      }));
      results = groups.length > 0 ? await this.#parts.log.append(groups) : [];
    } catch (error) {
      this.#takeBack();
      const failure = refusalOf(error, this.#parts.onFault);
      for (const { ask, refusal } of decided) ask.reject(refusal ?? failure);
      return [];
    }
    if (appended.every(({ events }, place) => events.at(-1)?.seq === results[place])) {
      this.#parts.state.journal.commit();
      this.#durable = head;
      settle(decided, head);
      this.#parts.publish(appended.flatMap(({ events }) => events));
      if (snapshot) this.#parts.snapshots.save(snapshot);
      return [];
    }
    this.#takeBack();
    return this.#foldOthers(decided, results);
  }

  /** Also what was decided on top of it meanwhile. */
  #takeBack(): void {
    this.#parts.state.journal.rollbackAll();
    this.#revision += 1;
  }

  /** Somebody else appended in between: what stands in the log counts, not what was decided here. */
  async #foldOthers(
    decided: readonly Decided[],
    results: readonly (Seq | 'conflict')[],
  ): Promise<readonly Ask[]> {
    let missed: StoredEvent[];
    this.#isFolding = true;
    try {
      missed = await catchUp(this.#parts.state, this.#parts.log);
      this.#durable = this.#parts.state.seq;
    } catch (error) {
      const refusal = this.#haltIfUnknown(error);
      refuseAll(
        settleWritten(decided, results).map(({ ask }) => ask),
        refusal,
      );
      return [];
    } finally {
      this.#isFolding = false;
      this.#revision += 1;
    }
    this.#parts.publish(missed);
    return settleWritten(decided, results).map(({ ask }) => ask);
  }
}

/** Answers those that stand in the log, with the numbers that they got there. @returns the others */
function settleWritten(decided: readonly Decided[], results: readonly (Seq | 'conflict')[]): Decided[] {
  const outcomes = results.values();
  return decided.filter((one) => {
    const last = hasEvents(one) ? outcomes.next().value : undefined;
    if (last === undefined || last === 'conflict') return true;
    if (one.refusal) one.ask.reject(one.refusal);
    else one.ask.resolve({ seq: last, events: renumbered(one.events, last) });
    return false;
  });
}

function renumbered(events: readonly StoredEvent[], last: Seq): StoredEvent[] {
  const first = last - events.length + 1;
  return events.map((stored, place) => ({ ...stored, seq: (first + place) as Seq }));
}

/** @param head the last event when the batch was decided */
function settle(decided: readonly Decided[], head: Seq): void {
  for (const { ask, events, refusal } of decided) {
    if (refusal) ask.reject(refusal);
    else ask.resolve({ seq: events.at(-1)?.seq ?? head, events });
  }
}

function refuseAll(asks: readonly Ask[], refusal: CoordError): void {
  for (const ask of asks) ask.reject(refusal);
}

function contended(command: Ask['command']): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `${command.type} was refused: another host kept changing what it is about (${maxDecisions} times). Try again`,
  );
}
