/** A host's own copy of a stream, in SQLite: goes on where the stream goes on, and gives it back what Redis has lost. */
import type { Fate } from '../../contract/other-hosts.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { PlacedGroup } from '../placement.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import type { CopiedEntry } from '../sqlite/stream-entries.ts';
import { groupsOfEntry } from './append-script.ts';
import type { RedisStream } from './redis-stream.ts';
import { restoreStream } from './restore-stream.ts';
import type { KnownEntry } from './stream-calls.ts';
import type { StreamEntry } from './stream-entry.ts';

/** A group, and its place in its batch. */
export type TakenGroup = StreamEntry['groups'][number];

/** One step at a time is taken: whoever calls sees to that. */
export class StreamCopy {
  readonly #stream: RedisStream;
  readonly #copy: SqliteEventLog;
  #head: Seq;
  #known: KnownEntry = { last: 0 as Seq, by: '' };

  /** @param head of the copy */
  constructor(stream: RedisStream, copy: SqliteEventLog, head: Seq) {
    this.#stream = stream;
    this.#copy = copy;
    this.#head = head;
  }

  /** The last event that it holds. */
  get head(): Seq {
    return this.#head;
  }

  /** The last entry of the stream that it holds. */
  get known(): KnownEntry {
    return this.#known;
  }

  /**
   * Makes sure that stream and copy go on from one another: whichever lacks something gets it.
   * @param gathering as `restoreStream` has it
   * @throws CoordError `LOG_UNAVAILABLE` - the copy can't be written; as `restoreStream`
   * @throws whatever the client throws - then it may be done again
   */
  async meetStream(gathering: number): Promise<void> {
    await restoreStream(this.#stream, this.#copy, gathering);
    if (this.#head > 0) {
      const [entry] = await this.#stream.reader.read((this.#head - 1) as Seq);
      if (entry) this.#known = { last: this.#head, by: entry.by };
    }
    await this.readOn();
  }

  /** Takes over what the stream has after it, up to an event when one is given. @throws as `meetStream` */
  async readOn(until = Number.POSITIVE_INFINITY as Seq): Promise<void> {
    while (this.#head < until) {
      const entries = await this.#stream.reader.read(this.#head);
      if (entries.length === 0) return;
      this.keep(entries);
    }
  }

  /** Takes over entries of the stream, those of them that it does not hold yet. @throws as `meetStream` */
  keep(entries: readonly StreamEntry[]): void {
    const fresh = entries.filter(({ last }) => last > this.#head);
    const end = this.#requireConnected(fresh);
    this.#write(fresh);
    this.#know(end);
  }

  /**
   * Takes over what the host itself appended, by the name of its batch, and what others appended before it.
   * @param before what the copy does not hold of that
   */
  keepOwn(before: readonly StreamEntry[], groups: readonly TakenGroup[], by: string): void {
    const end = this.#requireConnected(before);
    const entries: Pick<StreamEntry, 'last' | 'by' | 'groups'>[] = [...before];
    for (let from = 0; from < groups.length; from += groupsOfEntry) {
      const part = groups.slice(from, from + groupsOfEntry);
      entries.push({ last: lastOf(part), by, groups: part });
    }
    this.#write(entries.filter(({ last }) => last > this.#head));
    this.#know(end);
    this.#know({ last: lastOf(groups), by });
  }

  /** What became of these batches, of those that it holds. */
  fates(batches: readonly string[]): ReadonlyMap<string, Fate> {
    return this.#copy.entries.fates(batches);
  }

  /** @returns the last entry that it holds with them. @throws Unconnected */
  #requireConnected(entries: readonly StreamEntry[]): KnownEntry {
    let end: KnownEntry = { last: this.#head, by: this.#known.last === this.#head ? this.#known.by : '' };
    for (const entry of entries) {
      requireConnected(entry, end);
      end = entry;
    }
    return end;
  }

  #know({ last, by }: KnownEntry): void {
    if (last > this.#known.last) this.#known = { last, by };
  }

  /** @param entries that end after it; the first may have begun before */
  #write(entries: readonly Pick<StreamEntry, 'last' | 'by' | 'groups' | 'chain'>[]): void {
    const fresh = entries.flatMap(({ groups }) => groups).filter((group) => lastOf([group]) > this.#head);
    const rows = entries.map(({ last, by, groups }): CopiedEntry => {
      return { last, by, places: groups.map(({ place }) => place) };
    });
    try {
      this.#copy.mirror(fresh, rows, entries.at(-1)?.chain ?? null);
    } catch (error) {
      throw notCopied(error);
    }
    this.#head = entries.at(-1)?.last ?? this.#head;
  }
}

/** What the stream has does not follow on what the copy has, by the names of their entries. */
class Unconnected extends Error {}

/** @param end the last entry that is there; without a name when that is not known */
function requireConnected({ after, groups }: StreamEntry, end: KnownEntry): void {
  const isNext = groups[0]?.events[0]?.seq === end.last + 1;
  if (isNext && (end.by !== '' || end.last === 0) && after !== end.by) throw new Unconnected();
}

function lastOf(groups: readonly PlacedGroup[]): Seq {
  return groups.at(-1)?.events.at(-1)?.seq ?? (0 as Seq);
}

/** It is in the stream, whatever becomes of the copy. */
function notCopied(error: unknown): unknown {
  if (!(error instanceof CoordError) || error.code !== 'LOG_UNAVAILABLE') return error;
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The copy on this host of the log in Redis can’t be written, and nothing is acknowledged without it. ${error.message}`,
    error.details,
  );
}
