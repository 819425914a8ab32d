/** A log that several hosts share in one process, and that goes away from one of them when a test says so. */
import type { EventGroup, EventLog, WantsEvent } from '../../src/contract/event-log.ts';
import { LogAway } from '../../src/contract/log-away.ts';
import type { Fate, Outages } from '../../src/contract/other-hosts.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { HostId, Seq } from '../../src/core/ids.ts';
import type { MemoryEventLog } from '../../src/log/memory/memory-log.ts';

/** What becomes of the batch under which the log goes away. */
export type LastBatch = 'lost' | 'unanswered';

export class LeavingLog implements EventLog {
  readonly isShared = true;
  readonly now = null;
  readonly #shared: MemoryEventLog;
  readonly #name: string;
  readonly #fates = new Map<string, Fate>();
  #batches = 0;
  /** What this host had read when the log went away. */
  #copied: Seq | null = null;
  #leaving: LastBatch | null = null;
  readonly #waiting = new Set<() => void>();
  /** When it last gave a sign of life, by `performance.now()`: long ago, unless a test says otherwise. */
  beatSentAt = -100_000;
  readonly strangers = new Set<HostId>();

  constructor(shared: MemoryEventLog, name: string) {
    this.#shared = shared;
    this.#name = name;
  }

  readonly presence = {
    isThere: (host: HostId) => !this.strangers.has(host),
    hosts: () => [],
    silentForAtLeast: () => performance.now() - this.beatSentAt,
    silentForAtMost: () => performance.now() - this.beatSentAt,
    show: () => undefined,
  };

  readonly outages: Outages = {
    cause: null,
    gone: (signal) => this.#until(() => this.isAway, signal),
    nextBatch: () => `${this.#name}:${this.#batches + 1}`,
    comeBack: async (batches, signal) => {
      await this.#until(() => !this.isAway, signal);
      return new Map(batches.flatMap((batch) => [...this.#fates].filter(([name]) => name === batch)));
    },
  };

  get isAway(): boolean {
    return this.#copied !== null;
  }

  /** Goes away with the next batch. */
  leave(batch: LastBatch): void {
    this.#leaving = batch;
  }

  /** Goes away while nothing is asked of it. */
  async leaveNow(): Promise<void> {
    this.#copied = await this.#shared.head();
    this.#tell();
  }

  comeBack(): void {
    this.#copied = null;
    this.#tell();
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    if (this.isAway) throw new LogAway('the test', null);
    this.#batches += 1;
    const name = `${this.#name}:${this.#batches}`;
    const leaving = this.#leaving;
    if (leaving === null) return this.#shared.append(batch);
    this.#leaving = null;
    this.#copied = await this.#shared.head();
    if (leaving === 'unanswered') this.#fates.set(name, await this.#shared.append(batch));
    this.#tell();
    throw new LogAway('the test', name);
  }

  async head(): Promise<Seq> {
    return this.#copied ?? (await this.#shared.head());
  }

  async read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    // A log in a file takes it for damage.
    if (!Number.isInteger(after)) throw new Error(`no event of the log can follow on ${after}`);
    const events = await this.#shared.read(after, limit);
    const copied = this.#copied;
    return copied === null ? events : events.filter(({ seq }) => seq <= copied);
  }

  async *follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncGenerator<readonly StoredEvent[]> {
    for await (const events of this.#shared.follow(after, signal, wants)) {
      const last = events.at(-1)?.seq ?? after;
      // What it had read before, a host has a copy of.
      if (this.#copied !== null && last > this.#copied) await this.#until(() => !this.isAway, signal);
      yield events;
    }
  }

  lastLink: EventLog['lastLink'] = () => this.#shared.lastLink();
  readRecords: EventLog['readRecords'] = (after, limit) => this.#shared.readRecords(after, limit);
  snapshotSeqs: EventLog['snapshotSeqs'] = (version) => this.#shared.snapshotSeqs(version);
  snapshotText: EventLog['snapshotText'] = (seq, version) => this.#shared.snapshotText(seq, version);
  saveSnapshot: EventLog['saveSnapshot'] = (snapshot) => this.#shared.saveSnapshot(snapshot);
  loadSnapshot: EventLog['loadSnapshot'] = (version, atMost) => this.#shared.loadSnapshot(version, atMost);

  /** The others go on with it. */
  async close(): Promise<void> {}

  #tell(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async #until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
    while (!isSo() && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
  }
}
