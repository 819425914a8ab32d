/** The log of a company wherever it is kept: in this host's SQLite alone, or there as the copy of one in Redis. It may move. */
import type { ArtifactExchange } from '../contract/artifact-exchange.ts';
import type { EventGroup, EventLog, Snapshot, WantsEvent } from '../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../contract/hash-chain.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';
import { MovableOutages } from './movable-outages.ts';
import type { SqliteEventLog } from './sqlite/sqlite-event-log.ts';

/** What a store that hosts share makes of the copy: it appends there, and writes what stands there into the copy. */
export interface SharedLog extends EventLog {
  readonly now: () => EpochMs;
  /** Ends its part; the copy stays open. */
  leave(): Promise<void>;
}

/** What is kept is always read from the same SQLite, so whoever reads or follows does not notice a move. */
export class CompanyLog implements EventLog {
  /** What stands on this host. */
  readonly copy: SqliteEventLog;
  readonly outages = new MovableOutages();
  readonly #ownNow: () => EpochMs;
  #shared: SharedLog | null;
  /** How far this host's own clock is behind the last event. */
  #ahead = 0;
  #underway = 0;
  #whenIdle: (() => void) | null = null;
  #held: Promise<void> | null = null;

  private constructor(copy: SqliteEventLog, shared: SharedLog | null, ownNow: () => EpochMs) {
    this.copy = copy;
    this.#shared = shared;
    this.#ownNow = ownNow;
  }

  /**
   * @param shared null: it is on this host alone
   * @param ownNow the host's own time, for as long as it is
   */
  static async open(
    copy: SqliteEventLog,
    shared: SharedLog | null,
    ownNow: () => EpochMs,
  ): Promise<CompanyLog> {
    const log = new CompanyLog(copy, shared, ownNow);
    if (shared) log.outages.enter(shared.outages);
    else await log.#goOnFromLast();
    return log;
  }

  get isShared(): boolean {
    return this.#shared !== null;
  }

  /** Why nothing can be appended from here: the company has left the store for another host. Null: it can. */
  get gone(): CoordError | null {
    return this.outages.left;
  }

  get presence(): EventLog['presence'] {
    return this.#shared?.presence ?? null;
  }

  /** Of the store that it is in now. */
  get artifacts(): ArtifactExchange | null {
    return this.#shared?.artifacts ?? null;
  }

  readonly now = (): EpochMs => this.#shared?.now() ?? ((this.#ownNow() + this.#ahead) as EpochMs);

  append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    return this.#held === null ? this.#append(batch) : this.#held.then(() => this.append(batch));
  }

  /**
   * Nothing is appended while it changes places; what is asked meanwhile waits, and goes where it is afterwards.
   * @param change answers the store that it is in from then on, null for this host alone; rejects to leave it where it is
   * @returns how long that took, in ms
   */
  async move(change: () => Promise<SharedLog | null>): Promise<number> {
    while (this.#held !== null) await this.#held;
    const began = performance.now();
    let release: () => void = () => undefined;
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await this.#idle();
      this.#shared = await change();
      if (this.#shared === null) await this.#goOnFromLast();
      this.outages.enter(this.#shared?.outages ?? null);
      this.#shared?.presence?.show();
      return performance.now() - began;
    } finally {
      this.#held = null;
      release();
    }
  }

  /** What stands here stays readable, and nothing is appended any more. */
  async leaveBehind(why: CoordError): Promise<void> {
    this.outages.leave(why);
    await this.leaveStore();
  }

  /** Ends its part in the store, for whoever changes places. */
  async leaveStore(): Promise<void> {
    await this.#shared?.leave();
  }

  head(): Promise<Seq> {
    return this.copy.head();
  }

  read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    return this.copy.read(after, limit);
  }

  lastLink(): Promise<ChainLink> {
    return this.copy.lastLink();
  }

  readRecords(after: Seq, limit?: number): Promise<readonly LogRecord[]> {
    return this.copy.readRecords(after, limit);
  }

  snapshotSeqs(version: number): Promise<readonly Seq[]> {
    return this.copy.snapshotSeqs(version);
  }

  snapshotText(seq: Seq, version: number): Promise<string | null> {
    return this.copy.snapshotText(seq, version);
  }

  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.copy.follow(after, signal, wants);
  }

  saveSnapshot(snapshot: Snapshot): Promise<void> {
    return (this.#shared ?? this.copy).saveSnapshot(snapshot);
  }

  loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    return (this.#shared ?? this.copy).loadSnapshot(version, atMost);
  }

  async close(): Promise<void> {
    await this.#held;
    await this.leaveStore();
    await this.copy.close();
  }

  async #append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    if (this.gone) throw this.gone;
    this.#underway += 1;
    try {
      return await (this.#shared ?? this.copy).append(batch);
    } finally {
      this.#underway -= 1;
      if (this.#underway === 0) this.#whenIdle?.();
    }
  }

  async #idle(): Promise<void> {
    if (this.#underway === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
    this.#whenIdle = null;
  }

  /** The clock of this machine may have been set back since the last event, or be behind that of the store. */
  async #goOnFromLast(): Promise<void> {
    const [last] = await this.copy.read(Math.max(0, (await this.copy.head()) - 1) as Seq, 1);
    this.#ahead = last ? Math.max(0, last.at - this.#ownNow()) : 0;
  }
}
