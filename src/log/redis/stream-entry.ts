/** How a batch stands in the stream of a company: one text, with a line for each group that was taken and one for each of its events. */

import { CoordError } from '../../core/error.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
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
  /** The link of its last event, when it was the last of a piece of the archive: whoever copies it comes to the same. */
  readonly chain?: string;
}

/** A group that has no numbers yet. */
export interface GroupToWrite {
  readonly events: readonly Pick<StoredEvent, 'version' | 'at' | 'actor'>[];
  /** Of each event its own JSON. */
  readonly texts: readonly string[];
  readonly touches: readonly EntityKey[];
}

export function batchName(sender: string, batch: number): string {
  return `${sender}:${batch}`;
}

export function senderOf(batch: string): string {
  return batch.slice(0, batch.lastIndexOf(':'));
}

/**
 * A line with its place, how many events it has and what it touches; then one for each event: its version, its time, its
 * actor, and the event itself as it was written, in whatever version. JSON has neither tabs nor line ends in it.
 */
export function groupText({ events, texts, touches }: GroupToWrite, place: number): string {
  let text = `${place}\t${events.length}\t${JSON.stringify(touches)}\n`;
  for (const [n, { version, at, actor }] of events.entries()) {
    text += `${version}\t${at}\t${JSON.stringify(actor)}\t${texts[n]}\n`;
  }
  return text;
}

/** @throws CoordError `DATABASE_DAMAGED` - it is not what we write */
export function readEntry([id, fields]: RawEntry): StreamEntry {
  const value = (name: string) => fields[fields.indexOf(name) + 1];
  try {
    const groups = readGroups(value('groups') ?? '');
    const count = groups.reduce((sum, { events }) => sum + events.length, 0);
    const last = Number.parseInt(id, 10) as Seq;
    let seq = last - count;
    for (const { events } of groups) {
      for (const event of events) {
        seq += 1;
        event.seq = seq as Seq;
      }
    }
    if (count === 0) throw new Error('it is empty');
    return { last, by: value('by') ?? '', after: value('after') ?? '', groups };
  } catch {
    throw new CoordError(
      'DATABASE_DAMAGED',
      `The entry ${id} of the log in Redis can’t be read: it is not what AgentCoord writes. Nothing was changed. ` +
        'Stop the hosts, and put a backup of Redis in its place',
      { entry: id },
    );
  }
}

/** Those that end after an event; the others are not read. @throws CoordError as `readEntry` */
export function entriesAfter(after: Seq, entries: readonly RawEntry[]): StreamEntry[] {
  return entries.filter(([id]) => Number.parseInt(id, 10) > after).map(readEntry);
}

/** An event with its own JSON. */
export type WrittenEvent = Omit<StoredEvent, 'event'> & { readonly data: string };

export function writtenEvents({ events, texts }: PlacedGroup): WrittenEvent[] {
  return events.map(({ seq, version, at, actor }, n) => ({ seq, version, at, actor, data: texts[n] ?? '' }));
}

interface ReadGroup {
  readonly place: number;
  readonly touches: readonly EntityKey[];
  /** Their numbers are still to be given. */
  readonly events: { -readonly [Part in keyof StoredEvent]: StoredEvent[Part] }[];
  readonly texts: string[];
}

/** @throws whatever is wrong with it */
function readGroups(text: string): ReadGroup[] {
  const groups: ReadGroup[] = [];
  const lines = new Lines(text);
  while (lines.areLeft) {
    const [place = '', count = '', touches = ''] = lines.next(3);
    const group: ReadGroup = { place: whole(place), touches: JSON.parse(touches), events: [], texts: [] };
    for (let left = whole(count); left > 0; left -= 1) {
      const [version = '', at = '', actor = '', event = ''] = lines.next(4);
      group.events.push({
        seq: 0 as Seq,
        version: whole(version),
        at: whole(at) as EpochMs,
        actor: JSON.parse(actor) as MemberId | null,
        event: JSON.parse(event) as CompanyEvent,
      });
      group.texts.push(event);
    }
    groups.push(group);
  }
  return groups;
}

class Lines {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get areLeft(): boolean {
    return this.#at < this.#text.length;
  }

  /** The parts of the next line. */
  next(parts: number): string[] {
    const found: string[] = [];
    for (let left = parts; left > 0; left -= 1) {
      const end = this.#text.indexOf(left === 1 ? '\n' : '\t', this.#at);
      if (end < 0) throw new Error('it breaks off');
      found.push(this.#text.slice(this.#at, end));
      this.#at = end + 1;
    }
    return found;
  }
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is no number`);
  return Number(text);
}
