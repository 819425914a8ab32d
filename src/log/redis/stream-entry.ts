/** How a batch stands in the stream of a company: one field for each group that was taken, in JSON. */

import type { EventGroup } from '../../contract/event-log.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import { eventVersion } from '../../core/event.ts';
import type { MemberId, Seq } from '../../core/ids.ts';
import type { EntityKey } from '../../core/touches.ts';
import type { EpochMs } from '../../core/units.ts';
import type { PlacedGroup } from '../placement.ts';

/** As Redis answers it: its id, and its fields and values in turn. */
export type RawEntry = readonly [id: string, fields: readonly string[]];

export interface StreamEntry {
  /** Its last event. */
  readonly last: Seq;
  /** The sender and the number of its batch, as `batchName` has it; no other batch has the same. */
  readonly by: string;
  /** The same of the entry before it; empty for the first. */
  readonly after: string;
  /** The groups that were taken, and which of their batch they were. */
  readonly groups: readonly (PlacedGroup & { readonly place: number })[];
}

interface GroupText {
  readonly touches: readonly EntityKey[];
  readonly events: readonly {
    readonly version: number;
    readonly at: EpochMs;
    readonly actor: MemberId | null;
    readonly event: CompanyEvent;
  }[];
}

export function batchName(sender: string, batch: number): string {
  return `${sender}:${batch}`;
}

export function senderOf(batch: string): string {
  return batch.slice(0, batch.lastIndexOf(':'));
}

/** @param group that is new, or that a log has numbered already, in whatever version it was written */
export function groupText({ events, touches }: Pick<EventGroup, 'events' | 'touches'> | PlacedGroup): string {
  const text: GroupText = {
    touches,
    events: events.map((one) => {
      const { at, actor, event } = one;
      return { version: 'version' in one ? one.version : eventVersion, at, actor, event };
    }),
  };
  return JSON.stringify(text);
}

/** @throws CoordError `DATABASE_DAMAGED` - it is not what we write */
export function readEntry([id, fields]: RawEntry): StreamEntry {
  const last = Number.parseInt(id, 10) as Seq;
  const values = new Map<string, string>();
  for (let n = 0; n + 1 < fields.length; n += 2) values.set(fields[n] ?? '', fields[n + 1] ?? '');
  const { at: _redisTime, by, after, ...rest } = Object.fromEntries(values);
  const texts = Object.entries(rest)
    .map(([place, text]) => ({ place: Number(place), text: parseGroup(id, text) }))
    .sort((a, b) => a.place - b.place);
  const count = texts.reduce((sum, { text }) => sum + text.events.length, 0);
  let seq = last - count;
  const groups = texts.map(({ place, text }) => {
    const events = text.events.map((event): StoredEvent => {
      seq += 1;
      return { seq: seq as Seq, ...event };
    });
    return { place, events, touches: text.touches };
  });
  return { last, by: by ?? '', after: after ?? '', groups };
}

function parseGroup(id: string, text: string): GroupText {
  try {
    return JSON.parse(text) as GroupText;
  } catch {
    throw new CoordError(
      'DATABASE_DAMAGED',
      `The entry ${id} of the log in Redis can’t be read: it is not what AgentCoord writes. Nothing was changed. ` +
        'Stop the hosts, and put a backup of Redis in its place',
      { entry: id },
    );
  }
}
