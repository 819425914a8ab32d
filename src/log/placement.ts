/** Numbers the groups of a batch, and refuses those that were decided on what somebody else has changed since. */
import type { EventGroup } from '../contract/event-log.ts';
import type { PendingEvent, StoredEvent } from '../core/event.ts';
import { eventVersion } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';
import type { EntityKey } from '../core/touches.ts';

/** A group that is to be written, with the numbers that it gets. */
export interface PlacedGroup {
  /** Of one that another log has numbered, as they were written: an older event lacks what `parseEvent` fills in. */
  readonly events: readonly StoredEvent[];
  /** Of each event its own JSON: made once, and the same wherever it is sent, kept and linked. */
  readonly texts: readonly string[];
  readonly touches: readonly EntityKey[];
}

export interface Placement {
  /** For each group of the batch, in its order. */
  readonly results: readonly (Seq | 'conflict')[];
  readonly groups: readonly PlacedGroup[];
  readonly head: Seq;
}

/**
 * @param changedAfter what the log's groups that end after a `seq` touched; asked only for a group that was decided
 *   before the head
 */
export function placeBatch(
  batch: readonly EventGroup[],
  head: Seq,
  changedAfter: (seq: Seq) => ReadonlySet<EntityKey>,
): Placement {
  const changed = new Map<Seq, ReadonlySet<EntityKey>>();
  const changedSince = (seq: Seq): ReadonlySet<EntityKey> => {
    const known = changed.get(seq) ?? changedAfter(seq);
    changed.set(seq, known);
    return known;
  };
  /** What the refused groups of this batch touch: a later group may have been decided on top of them. */
  const refused = new Set<EntityKey>();
  const groups: PlacedGroup[] = [];
  let last = head;
  const results = batch.map((group): Seq | 'conflict' => {
    const isStale = (entities: readonly EntityKey[]) =>
      intersects(entities, refused) ||
      (group.decidedAt < head && intersects(entities, changedSince(group.decidedAt)));
    if (isStale(group.touches) || isStale(group.reads)) {
      for (const entity of group.touches) refused.add(entity);
      return 'conflict';
    }
    const events = group.events.map(({ at, actor, event }): StoredEvent => {
      last = (last + 1) as Seq;
      return { seq: last, version: eventVersion, at, actor, event };
    });
    groups.push({ events, texts: textsOf(events), touches: group.touches });
    return last;
  });
  return { results, groups, head: last };
}

/** Of each event its own JSON, as it is kept. */
export function textsOf(events: readonly PendingEvent[]): string[] {
  return events.map(({ event }) => JSON.stringify(event));
}

function intersects(entities: readonly EntityKey[], others: ReadonlySet<EntityKey>): boolean {
  return entities.some((entity) => others.has(entity));
}
