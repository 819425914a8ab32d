/** Decides batches of commands and writes them, each on top of the one before it, which may still be on its way. */
import type { EventLog } from '../contract/event-log.ts';
import { LogAway } from '../contract/log-away.ts';
import type { Seq } from '../core/ids.ts';
import type { EntityKey } from '../core/touches.ts';
import { contended, refuseAll, settle, settleWritten, withoutClaims } from './answer-asks.ts';
import type { Ask, Decided, DecidedBatch } from './decide-batch.ts';
import { decideBatch, groupOf, hasEvents } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import type { HostStanding } from './host-standing.ts';
import type { LiveState } from './live-state.ts';
import type { LoneWriter } from './lone-writer.ts';
import { RefusalRecord } from './refusal-record.ts';
import type { Snapshots } from './snapshots.ts';
import type { World } from './world.ts';

export interface BatchWriterParts {
  readonly live: LiveState;
  readonly log: EventLog;
  readonly world: World;
  readonly standing: HostStanding;
  /** Null: the log is never away. */
  readonly lone: LoneWriter | null;
  readonly snapshots: Snapshots;
  readonly onFault: OnFault;
}

/** Of each group the `seq` of its last event, or that it was refused. */
type AppendResults = Awaited<ReturnType<EventLog['append']>>;

/** A batch that is decided and not settled yet. */
interface UnderWay {
  /** What it changes; null: it is not sent yet. */
  changed: ReadonlySet<EntityKey> | null;
  /** When it was decided, by the state's revision: at an earlier one it must be decided again. */
  revision: number;
}

/** How often a command is decided anew because another host changed what it is about. */
const maxDecisions = 8;
/** After so many batches between which nobody else appended, it is the only one that works. */
const batchesAlone = 8;

export class BatchWriter {
  readonly #parts: BatchWriterParts;
  readonly #refusals = new RefusalRecord();
  /** The oldest first. */
  readonly #underWay: UnderWay[] = [];
  /** So many batches wait for their turn to be decided. */
  #waiting = 0;
  /** Resolves when the last of those is decided. */
  #turn: Promise<void> = Promise.resolve();

  /** So many batches to go, until nobody else counts as working. */
  #amongOthers = 0;

  constructor(parts: BatchWriterParts) {
    this.#parts = parts;
  }

  /**
   * Decides the batch on top of the earlier ones, which are still being written, and settles it when they are. A log that
   * answers after a while gets it before that, if it rests on nothing of theirs.
   */
  async run(asks: readonly Ask[], earlier: Promise<void>): Promise<void> {
    const { live } = this.#parts;
    if (live.halted) {
      await earlier;
      return refuseAll(asks, live.halted);
    }
    const decideNow = () => {
      const { revision } = live;
      const batch = this.#decide(asks);
      const sent = this.#sendAhead(batch);
      this.#underWay.push({ changed: sent && entitiesChanged(batch), revision });
      return { batch, sent, revision };
    };
    const mustWait = this.#waiting > 0 || !this.#isInOrder;
    const { batch, sent, revision } = mustWait ? await this.#inTurn(earlier, decideNow) : decideNow();
    try {
      await earlier;
      await this.#finish(asks, batch, sent, revision);
    } finally {
      this.#underWay.shift();
    }
  }

  /** Others append between its batches. */
  get isAmongOthers(): boolean {
    return this.#amongOthers > 0;
  }

  /**
   * Whether what is decided now stands on all that was asked before: nothing of that must be decided again, and the state
   * is not on its way to what others made of it.
   */
  get #isInOrder(): boolean {
    const { live } = this.#parts;
    return !live.isFolding && this.#underWay.every(({ revision }) => revision === live.revision);
  }

  /** Whoever came first is decided first: what is written first must not stand on what is written later. */
  #inTurn<Result>(earlier: Promise<void>, decideNow: () => Result): Promise<Result> {
    const before = this.#turn;
    this.#waiting += 1;
    const decided = (async () => {
      await before;
      if (!this.#isInOrder) await earlier;
      try {
        return decideNow();
      } finally {
        this.#waiting -= 1;
      }
    })();
    this.#turn = decided.then(
      () => undefined,
      () => undefined,
    );
    return decided;
  }

  /** @param revision when it was decided */
  async #finish(
    asks: readonly Ask[],
    batch: DecidedBatch,
    sent: Promise<AppendResults> | null,
    revision: number,
  ): Promise<void> {
    const { live } = this.#parts;
    // An earlier one may have met what this program can't read; what was decided on top of it was taken back with it.
    if (live.halted) return refuseAll(asks, live.halted);
    // An earlier one could not be written as it was decided, so what was decided on top of it is not in the state.
    const isStale = revision !== live.revision;
    const wasSent = sent !== null && batch.decided.some(hasEvents);
    let again = await (isStale && !wasSent
      ? this.#write(this.#decideAgain(asks))
      : this.#write(batch, sent, isStale));
    for (let round = 2; again.length > 0 && round <= maxDecisions; round += 1) {
      again = await this.#write(this.#decideAgain(again));
    }
    for (const ask of again) ask.reject(contended(ask.command, maxDecisions));
  }

  /** Null: it is to be appended once the earlier ones are settled, or not at all. */
  #sendAhead(batch: DecidedBatch): Promise<AppendResults> | null {
    if (!this.#parts.log.isShared || batch.isProvisional) return null;
    const rests = batch.decided.flatMap(({ touches, reads }) => [...touches, ...reads]);
    const isApart = this.#underWay.every(
      ({ changed }) => changed && !rests.some((entity) => changed.has(entity)),
    );
    if (!isApart) return null;
    // What the earlier ones change it did not rest on: as far as it goes, the log ends before them.
    const sent = this.#append(batch, this.#parts.live.durable);
    // It is heard in its turn.
    sent.catch(() => undefined);
    return sent;
  }

  async #append({ decided }: DecidedBatch, decidedAt: Seq): Promise<AppendResults> {
    const groups = decided.filter(hasEvents).map((one) => groupOf(one, decidedAt));
    return groups.length > 0 ? this.#parts.log.append(groups) : [];
  }

  #decide(all: readonly Ask[]): DecidedBatch {
    const { live, world, standing, snapshots, onFault } = this.#parts;
    const { state } = live;
    const { choice, isAway } = standing;
    const asks = standing.mayClaim ? all : withoutClaims(all, state.seq);
    const base = state.seq;
    const { depth } = state.journal;
    state.journal.begin();
    const decided = decideBatch(state, asks, { world, choice, refusals: this.#refusals, onFault });
    const snapshot = isAway ? null : snapshots.take(state);
    return { decided, base, head: state.seq, depth, snapshot, isProvisional: isAway };
  }

  /** The oldest of those under way, when it did not become what it was decided as. It is sent at once. */
  #decideAgain(asks: readonly Ask[]): DecidedBatch {
    const batch = this.#decide(asks);
    const [own] = this.#underWay;
    if (own) Object.assign(own, { changed: entitiesChanged(batch), revision: this.#parts.live.revision });
    return batch;
  }

  /**
   * @param sent what becomes of it, when it was sent before
   * @param isStale it is not in the state any more
   * @returns the commands that must be decided again
   */
  async #write(
    batch: DecidedBatch,
    sent: Promise<AppendResults> | null = null,
    isStale = false,
  ): Promise<readonly Ask[]> {
    const { live, standing, lone, snapshots, onFault } = this.#parts;
    const { decided, base, head, snapshot } = batch;
    if (batch.isProvisional) {
      lone?.keep(batch);
      return [];
    }
    const appended = decided.filter(hasEvents);
    let results: AppendResults;
    try {
      results = await (sent ?? this.#append(batch, base));
    } catch (error) {
      // What was decided on top of it by now goes with it.
      if (!standing.isAway) live.takeBack();
      if (error instanceof LogAway && lone) return lone.takeOver(decided, error);
      const failure = refusalOf(error, onFault);
      for (const { ask, refusal } of decided) ask.reject(refusal ?? failure);
      return [];
    }
    if (!isStale && appended.every(({ events }, place) => events.at(-1)?.seq === results[place])) {
      live.commit(head);
      this.#amongOthers = Math.max(0, this.#amongOthers - 1);
      settle(decided, head);
      live.publish(appended.flatMap(({ events }) => events));
      if (snapshot) snapshots.save(snapshot);
      return [];
    }
    // Others are answered on the branch; what stands in the log is answered as it stands there.
    if (standing.isAway) return settleWritten(decided, results).map(({ ask }) => ask);
    live.takeBack();
    return this.#foldOthers(decided, results);
  }

  /** Somebody else appended in between: what stands in the log counts, not what was decided here. */
  async #foldOthers(decided: readonly Decided[], results: AppendResults): Promise<readonly Ask[]> {
    const { live } = this.#parts;
    this.#amongOthers = batchesAlone;
    try {
      await live.foldMissed();
    } catch (error) {
      const refusal = live.failure(error);
      const left = settleWritten(decided, results).map(({ ask }) => ask);
      refuseAll(left, refusal);
      return [];
    }
    return settleWritten(decided, results).map(({ ask }) => ask);
  }
}

function entitiesChanged({ decided }: DecidedBatch): ReadonlySet<EntityKey> {
  return new Set(decided.flatMap(({ touches }) => touches));
}
