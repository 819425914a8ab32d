/** A log that lives as long as its process: for tests, and for trying something out. */
import type { EventGroup, EventLog, Snapshot, WantsEvent } from '../../contract/event-log.ts';
import type { ChainLink, LogRecord } from '../../contract/hash-chain.ts';
import { firstLink, recordOf } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { EntityKey } from '../../core/touches.ts';
import { nextLink } from '../chain.ts';
import { EventFeed } from '../event-feed.ts';
import { superfluous } from '../kept-snapshots.ts';
import { placeBatch } from '../placement.ts';

export class MemoryEventLog implements EventLog {
  readonly isShared: boolean = false;
  readonly now = null;
  readonly presence = null;
  readonly outages = null;
  readonly #events: StoredEvent[] = [];
  /** The link of each event. */
  readonly #chain: string[] = [];
  /** The last change of each entity. */
  readonly #changedAt = new Map<EntityKey, Seq>();
  readonly #feed = new EventFeed(0 as Seq, (after, limit) => this.#page(after, limit));
  #snapshots: Snapshot[] = [];
  #closed = false;

  async head(): Promise<Seq> {
    return this.#head;
  }

  async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    if (this.#closed) throw new CoordError('LOG_UNAVAILABLE', 'Nothing was written: the log is closed');
    const { results, groups } = placeBatch(batch, this.#head, (seq) => this.#changedAfter(seq));
    for (const { events, touches } of groups) {
      for (const stored of events) {
        const { chain } = this.#link;
        this.#events.push(stored);
        this.#chain.push(nextLink(chain, recordOf(stored, chain)));
      }
      for (const entity of touches) this.#changedAt.set(entity, this.#head);
    }
    this.#feed.publish(groups.flatMap((group) => group.events));
    return results;
  }

  async read(after: Seq, limit = 1_000): Promise<StoredEvent[]> {
    return this.#page(after, limit);
  }

  async lastLink(): Promise<ChainLink> {
    return this.#link;
  }

  async readRecords(after: Seq, limit = 1_000): Promise<readonly LogRecord[]> {
    return this.#page(after, limit).map((stored) =>
      recordOf(stored, this.#chain[stored.seq - 1] ?? firstLink),
    );
  }

  async snapshotSeqs(version: number): Promise<readonly Seq[]> {
    const fitting = this.#snapshots.filter((snapshot) => snapshot.version === version);
    return fitting.map(({ seq }) => seq).reverse();
  }

  async snapshotText(seq: Seq, version: number): Promise<string | null> {
    const kept = this.#snapshots.find((snapshot) => snapshot.seq === seq && snapshot.version === version);
    return kept ? JSON.stringify(kept.state) : null;
  }

  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]> {
    return this.#feed.follow(after, signal, wants);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const others = this.#snapshots.filter((other) => other.seq !== snapshot.seq);
    const all = [...others, snapshot].sort((a, b) => b.seq - a.seq);
    // Rows are shared with the state, so that a snapshot takes next to nothing here.
    const old = superfluous(all.map(({ seq, version }) => ({ seq, version, bytes: 0 })));
    this.#snapshots = all.filter(({ seq }) => !old.includes(seq));
  }

  async loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null> {
    const fits = (snapshot: Snapshot) => atMost === undefined || snapshot.seq <= atMost;
    return this.#snapshots.find((snapshot) => snapshot.version === version && fits(snapshot)) ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#feed.close();
  }

  get #link(): ChainLink {
    return { seq: this.#head, chain: this.#chain.at(-1) ?? firstLink };
  }

  get #head(): Seq {
    return this.#events.length as Seq;
  }

  #page(after: Seq, limit: number): StoredEvent[] {
    const from = Math.max(after, 0);
    return this.#events.slice(from, from + limit);
  }

  #changedAfter(seq: Seq): ReadonlySet<EntityKey> {
    return new Set([...this.#changedAt].filter(([, at]) => at > seq).map(([entity]) => entity));
  }
}
