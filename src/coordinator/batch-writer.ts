/** Decides batches of commands and writes them, each on top of the one before it, which may still be on its way. */
import type { EventLog } from '../contract/event-log.ts';
import { LogAway } from '../contract/log-away.ts';
import type { Fate } from '../contract/other-hosts.ts';
import type { Context, HostChoice } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { HostId, Seq } from '../core/ids.ts';
import { defaultPolicy } from '../core/org/policy.ts';
import type { CompanyState } from '../core/state.ts';
import type { EntityKey } from '../core/touches.ts';
import type { DurationMs } from '../core/units.ts';
import { ms } from '../core/units.ts';
import { contended, nothingClaimed, refuseAll, settle, settleWritten, withoutClaims } from './answer-asks.ts';
import type { Branch } from './branch.ts';
import type { Silence } from './cut-off.ts';
import { mayClaim } from './cut-off.ts';
import type { Ask, Decided, DecidedBatch } from './decide-batch.ts';
import { decideBatch, groupOf, hasEvents } from './decide-batch.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import { catchUp, fold } from './open-state.ts';
import { rebase } from './rebase.ts';
import { RefusalRecord } from './refusal-record.ts';
import type { Snapshots } from './snapshots.ts';
import type { World } from './world.ts';

export interface BatchWriterParts {
  readonly state: CompanyState;
  readonly log: EventLog;
  readonly world: World;
  readonly host: HostId | null;
  /** Null: the log is never away. */
  readonly branch: Branch | null;
  readonly snapshots: Snapshots;
  readonly onFault: OnFault;
  /** Is told of events once they are durable and folded. */
  readonly publish: (events: readonly StoredEvent[]) => void;
}

/** Of each group the `seq` of its last event, or that it was refused. */
type AppendResults = Awaited<ReturnType<EventLog['append']>>;

/** A batch that is decided and not settled yet. */
interface UnderWay {
  /** What it changes; null: it is not sent yet. */
  changed: ReadonlySet<EntityKey> | null;
  /** When it was decided, by the writer's revision: at an earlier one it must be decided again. */
  revision: number;
}

/** How often a command is decided anew because another host changed what it is about. */
const maxDecisions = 8;

export class BatchWriter {
  readonly #parts: BatchWriterParts;
  readonly #refusals = new RefusalRecord();
  #revision = 0;
  #isFolding = false;
  /** The oldest first. */
  readonly #underWay: UnderWay[] = [];
  /** So many batches wait for their turn to be decided. */
  #waiting = 0;
  /** Resolves when the last of those is decided. */
  #turn: Promise<void> = Promise.resolve();
  #isAway = false;
  /** As it was when the log went away: what is decided on the branch does not bind the others. */
  #lostAfter = ms(0);
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

  /** The log does not answer: commands are decided on a branch. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /**
   * Decides the batch on top of the earlier ones, which are still being written, and settles it when they are. A log that
   * answers after a while gets it before that, if it rests on nothing of theirs.
   */
  async run(asks: readonly Ask[], earlier: Promise<void>): Promise<void> {
    if (this.#halted) {
      await earlier;
      return refuseAll(asks, this.#halted);
    }
    const decideNow = () => {
      const revision = this.#revision;
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

  /**
   * Whether what is decided now stands on all that was asked before: nothing of that must be decided again, and the state
   * is not on its way to what others made of it.
   */
  get #isInOrder(): boolean {
    return !this.#isFolding && this.#underWay.every(({ revision }) => revision === this.#revision);
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
    // An earlier one may have met what this program can't read; what was decided on top of it was taken back with it.
    if (this.#halted) return refuseAll(asks, this.#halted);
    // An earlier one could not be written as it was decided, so what was decided on top of it is not in the state.
    const isStale = revision !== this.#revision;
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
    const sent = this.#append(batch, this.#durable);
    // It is heard in its turn.
    sent.catch(() => undefined);
    return sent;
  }

  async #append({ decided }: DecidedBatch, decidedAt: Seq): Promise<AppendResults> {
    const groups = decided.filter(hasEvents).map((one) => groupOf(one, decidedAt));
    return groups.length > 0 ? this.#parts.log.append(groups) : [];
  }

  /** Folds what others appended, those of the events that are not folded yet; no batch may be under way. */
  foldAppended(events: readonly StoredEvent[]): void {
    // What the copy gets while the log comes back is folded with the rebase.
    if (this.#isAway) return;
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

  /** The log does not answer: goes on by itself, from what is kept of an earlier outage. No batch may be under way. */
  goAway(): void {
    if (this.#isAway || this.#halted || !this.#parts.branch) return;
    this.#lostAfter = this.#patience;
    this.#goOnBranch();
  }

  #goOnBranch(): void {
    const { branch, state, onFault } = this.#parts;
    this.#isAway = true;
    state.journal.begin();
    if (this.#halted) return;
    try {
      branch?.replay(state, this.#context());
    } catch (error) {
      refusalOf(error, onFault);
    }
  }

  /**
   * The log answers again: folds what others did, and does again what was done on the branch. No batch may be under way.
   * It stays away when the log is gone again meanwhile.
   * @param fates of the batches that had no answer
   * @throws CoordError what stands in the way, though the log answers; it stays away then, too
   */
  async comeBack(fates: ReadonlyMap<string, Fate>): Promise<void> {
    const { state, log, branch, publish } = this.#parts;
    if (!this.#isAway || !branch) return;
    this.#takeBack();
    this.#isAway = false;
    const foldMissed = async () => {
      const missed = await catchUp(state, log);
      this.#durable = state.seq;
      publish(missed);
    };
    try {
      await foldMissed();
      const redone = (events: readonly StoredEvent[]) => {
        this.#durable = state.seq;
        publish(events);
      };
      await rebase({ state, log, branch, context: () => this.#context(), foldMissed, redone }, fates);
    } catch (error) {
      state.journal.rollbackAll();
      const failure = this.#haltIfUnknown(error);
      this.#goOnBranch();
      if (!(error instanceof LogAway)) throw failure;
    } finally {
      this.#revision += 1;
    }
  }

  #haltIfUnknown(error: unknown): CoordError {
    const refusal = refusalOf(error, this.#parts.onFault);
    if (refusal.code === 'DATABASE_TOO_NEW' || refusal.code === 'DATABASE_DAMAGED') this.#halted = refusal;
    return refusal;
  }

  /** Unless it was cut off for so long that the others are about to count it as lost. */
  get mayClaim(): boolean {
    return !this.#isAway || mayClaim(this.silence);
  }

  /** How long the others have not heard of this host, as far as it knows. */
  get silence(): Silence {
    const { presence } = this.#parts.log;
    return {
      least: presence?.silentForAtLeast() ?? null,
      most: presence?.silentForAtMost() ?? null,
      lostAfter: ms(Math.min(this.#lostAfter, this.#patience)),
    };
  }

  /** How long the others bear its silence, as far as this host knows. */
  get #patience(): DurationMs {
    return (this.#parts.state.company?.policy ?? defaultPolicy).hostLostAfter;
  }

  /** As the host itself decides now. */
  #context(): Context {
    const { world } = this.#parts;
    const { newId, sha256 } = world;
    return { now: world.now(), newId, sha256, actor: { kind: 'host' }, ...this.choice };
  }

  get choice(): HostChoice {
    const { host, log, world } = this.#parts;
    const isThere = (other: HostId) => log.presence?.isThere(other) ?? true;
    return { host, sharesLog: log.isShared, pick: world.pick, isThere, isAway: this.#isAway };
  }

  #decide(all: readonly Ask[]): DecidedBatch {
    const { state, world, snapshots, onFault } = this.#parts;
    const asks = this.mayClaim ? all : withoutClaims(all, state.seq);
    const base = state.seq;
    const { depth } = state.journal;
    state.journal.begin();
    const { choice } = this;
    const decided = decideBatch(state, asks, { world, choice, refusals: this.#refusals, onFault });
    const snapshot = this.#isAway ? null : snapshots.take(state);
    return { decided, base, head: state.seq, depth, snapshot, isProvisional: this.#isAway };
  }

  /** The oldest of those under way, when it did not become what it was decided as. It is sent at once. */
  #decideAgain(asks: readonly Ask[]): DecidedBatch {
    const batch = this.#decide(asks);
    const [own] = this.#underWay;
    if (own) Object.assign(own, { changed: entitiesChanged(batch), revision: this.#revision });
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
    if (batch.isProvisional) return this.#keep(batch);
    const { decided, base, head, snapshot } = batch;
    const appended = decided.filter(hasEvents);
    let results: AppendResults;
    try {
      results = await (sent ?? this.#append(batch, base));
    } catch (error) {
      // What was decided on top of it by now goes with it.
      if (!this.#isAway) this.#takeBack();
      if (error instanceof LogAway && this.#parts.branch) return this.#goOnAlone(decided, error);
      const failure = refusalOf(error, this.#parts.onFault);
      for (const { ask, refusal } of decided) ask.reject(refusal ?? failure);
      return [];
    }
    if (!isStale && appended.every(({ events }, place) => events.at(-1)?.seq === results[place])) {
      this.#parts.state.journal.commit();
      this.#durable = head;
      settle(decided, head);
      this.#parts.publish(appended.flatMap(({ events }) => events));
      if (snapshot) this.#parts.snapshots.save(snapshot);
      return [];
    }
    // Others are answered on the branch; what stands in the log is answered as it stands there.
    if (this.#isAway) return settleWritten(decided, results).map(({ ask }) => ask);
    this.#takeBack();
    return this.#foldOthers(decided, results);
  }

  /** What was under way when the log went away is decided on the branch, and may stand in the log all the same. */
  #goOnAlone(decided: readonly Decided[], { batch }: LogAway): readonly Ask[] {
    this.goAway();
    if (batch === null) return decided.map(({ ask }) => ask);
    const places = new Map(decided.filter(hasEvents).map((one, place) => [one, { batch, place }]));
    // Which task it would be now is another question than which it was.
    const isClaim = ({ ask, refusal }: Decided) => ask.command.type === 'task.claim' && !refusal;
    const claims = [...places].filter(([one]) => isClaim(one));
    try {
      this.#parts.branch?.keepUnanswered(claims);
    } catch (error) {
      const failure = refusalOf(error, this.#parts.onFault);
      for (const { ask } of decided) ask.reject(failure);
      return [];
    }
    for (const [{ ask }] of claims) nothingClaimed(ask, this.#durable);
    return decided.flatMap((one) => {
      const as = places.get(one);
      if (as && isClaim(one)) return [];
      return as ? { ...one.ask, sent: { ids: one.ids, as } } : one.ask;
    });
  }

  /** Keeps what was decided on the branch. */
  #keep({ decided, head, depth }: DecidedBatch): readonly Ask[] {
    try {
      this.#parts.branch?.keep(decided);
    } catch (error) {
      // What was decided on top of it meanwhile goes with it.
      this.#parts.state.journal.rollbackToDepth(depth);
      this.#revision += 1;
      const failure = refusalOf(error, this.#parts.onFault);
      for (const { ask, refusal } of decided) ask.reject(refusal ?? failure);
      return [];
    }
    settle(decided, head);
    this.#parts.publish(decided.flatMap(({ events }) => events));
    return [];
  }

  /** Also what was decided on top of it meanwhile, and what is on the branch. */
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

function entitiesChanged({ decided }: DecidedBatch): ReadonlySet<EntityKey> {
  return new Set(decided.flatMap(({ touches }) => touches));
}
