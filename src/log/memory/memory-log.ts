/** A log that lives as long as its process: for tests, and for trying something out. */
import type { EventGroup, EventLog, Snapshot } from '../../contract/event-log.ts';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import type { EntityKey } from '../../core/touches.ts';
import { EventFeed } from '../event-feed.ts';
import { placeBatch } from '../placement.ts';

export class MemoryEventLog implements EventLog {
  readonly #events: StoredEvent[] = [];
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
      this.#events.push(...events);
      for (const entity of touches) this.#changedAt.set(entity, this.#head);
    }
    this.#feed.publish(groups.flatMap((group) => group.events));
    return results;
  }

  async read(after: Seq, limit = 1_000): Promise<StoredEvent[]> {
    return this.#page(after, limit);
  }

  follow(after: Seq, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#feed.follow(after, signal);
  }

  async saveSnapshot(snapshot: Snapshot): Promise<void> {
    const others = this.#snapshots.filter((other) => other.seq !== snapshot.seq);
    this.#snapshots = [...others, snapshot].sort((a, b) => b.seq - a.seq).slice(0, 2);
  }

  async loadSnapshot(version: number): Promise<Snapshot | null> {
    return this.#snapshots.find((snapshot) => snapshot.version === version) ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#feed.close();
  }

  get #head(): Seq {
    return this.#events.length as Seq;
  }

  #page(after: Seq, limit: number): StoredEvent[] {
    return this.#events.slice(after, after + limit);
  }

  #changedAfter(seq: Seq): ReadonlySet<EntityKey> {
    return new Set([...this.#changedAt].filter(([, at]) => at > seq).map(([entity]) => entity));
  }
}
