/** For tests of what does not care for outages: waits for the end of each, and sends again what does not stand in the log. */
import type { EventGroup, EventLog, Snapshot } from '../../../src/contract/event-log.ts';
import { LogAway } from '../../../src/contract/log-away.ts';
import type { Outages } from '../../../src/contract/other-hosts.ts';
import type { Seq } from '../../../src/core/ids.ts';

export class PatientLog implements EventLog {
  readonly isShared = true;
  readonly outages = null;
  readonly #log: EventLog;
  readonly #outages: Outages;
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  /** Why it does not come back. */
  #failure: unknown = null;

  constructor(log: EventLog) {
    if (!log.outages) throw new Error('this log is never away');
    this.#log = log;
    this.#outages = log.outages;
    this.#watching = this.#watch();
  }

  get now() {
    return this.#log.now;
  }

  get presence() {
    return this.#log.presence;
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    for (;;) {
      try {
        return await this.#log.append(batch);
      } catch (error) {
        if (!(error instanceof LogAway)) throw error;
        if (this.#failure) throw this.#failure;
        const names = error.batch === null ? [] : [error.batch];
        const fates = await this.#outages.comeBack(names, this.#closing.signal);
        const fate = fates.get(error.batch ?? '');
        if (fate) return batch.map((_, place) => fate[place] ?? 'conflict');
      }
    }
  }

  head = () => this.#log.head();
  read = (after: Seq, limit?: number) => this.#log.read(after, limit);
  lastLink = () => this.#log.lastLink();
  readRecords = (after: Seq, limit?: number) => this.#log.readRecords(after, limit);
  snapshotSeqs = (version: number) => this.#log.snapshotSeqs(version);
  snapshotText = (seq: Seq, version: number) => this.#log.snapshotText(seq, version);
  follow = (after: Seq, signal: AbortSignal) => this.#log.follow(after, signal);
  saveSnapshot = (snapshot: Snapshot) => this.#log.saveSnapshot(snapshot);
  loadSnapshot = (version: number, atMost?: Seq) => this.#log.loadSnapshot(version, atMost);

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#watching;
    await this.#log.close();
  }

  /** Also while nothing is asked of it. */
  async #watch(): Promise<void> {
    const { signal } = this.#closing;
    try {
      for (;;) {
        await this.#outages.gone(signal);
        await this.#outages.comeBack([], signal);
      }
    } catch (error) {
      this.#failure = error;
    }
  }
}
