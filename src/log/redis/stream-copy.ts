/** A host's own copy of a stream, in SQLite: goes on where the stream goes on, and gives it back what Redis has lost. */
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { PlacedGroup } from '../placement.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import type { KnownEntry, RedisStream } from './redis-stream.ts';
import { restoreStream } from './restore-stream.ts';
import type { StreamEntry } from './stream-entry.ts';
import { batchName } from './stream-entry.ts';

/** One step at a time is taken: whoever calls sees to that. */
export class StreamCopy {
  readonly #stream: RedisStream;
  readonly #copy: SqliteEventLog;
  readonly #host: string;
  /** The batches of this host that were read from the stream before their answer came, by their name. */
  readonly #found = new Map<string, StreamEntry[]>();
  #head: Seq;
  #known: KnownEntry = { last: 0 as Seq, by: '' };

  /** @param head of the copy */
  constructor(stream: RedisStream, copy: SqliteEventLog, host: string, head: Seq) {
    this.#stream = stream;
    this.#copy = copy;
    this.#host = host;
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
   * @throws CoordError `LOG_UNAVAILABLE` - they have different histories, or the copy can't be written
   * @throws whatever the client throws - then it may be done again
   */
  async meetStream(): Promise<void> {
    await restoreStream(this.#stream, this.#copy, batchName(this.#host, 0));
    if (this.#head > 0) {
      // Whoever gave something back did so under a name of their own.
      const [entry] = await this.#stream.read((this.#head - 1) as Seq);
      if (entry) this.#known = { last: this.#head, by: entry.by };
    }
    await this.readOn();
  }

  /** Takes over what the stream has after it. @throws as `meetStream` */
  async readOn(): Promise<void> {
    for (;;) {
      const entries = await this.#stream.read(this.#head);
      if (entries.length === 0) return;
      this.keep(entries);
    }
  }

  /** Takes over entries of the stream, those of them that it does not hold yet. @throws as `meetStream` */
  keep(entries: readonly StreamEntry[]): void {
    let end: KnownEntry = { last: this.#head, by: this.#known.last === this.#head ? this.#known.by : '' };
    for (const entry of entries) {
      if (entry.last <= end.last) continue;
      requireConnected(entry, end);
      if (entry.by.startsWith(`${this.#host}:`)) {
        this.#found.set(entry.by, [...(this.#found.get(entry.by) ?? []), entry]);
      }
      end = entry;
    }
    this.#write(entries.flatMap(({ groups }) => groups));
    this.#know(end);
  }

  /** Takes over what the host itself appended, by the name of its batch; what was before it must be there. */
  keepOwn(groups: readonly PlacedGroup[], by: string): void {
    this.#write(groups);
    this.#know({ last: lastOf(groups) ?? (0 as Seq), by });
    this.#found.delete(by);
  }

  /** The entries of a batch of this host that were read before it was answered. */
  found(by: string): readonly StreamEntry[] | undefined {
    return this.#found.get(by);
  }

  #know({ last, by }: KnownEntry): void {
    if (last > this.#known.last) this.#known = { last, by };
  }

  #write(groups: readonly PlacedGroup[]): void {
    const fresh = groups.filter(({ events }) => (events.at(-1)?.seq ?? 0) > this.#head);
    try {
      this.#copy.mirror(fresh, []);
    } catch (error) {
      throw notCopied(error);
    }
    this.#head = lastOf(fresh) ?? this.#head;
  }
}

/** What the stream has does not follow on what the copy has, by the names of their entries. */
class Unconnected extends Error {}

/** @param end the last entry that is there; without a name when that is not known */
function requireConnected({ after, groups }: StreamEntry, end: KnownEntry): void {
  const isNext = groups[0]?.events[0]?.seq === end.last + 1;
  if (isNext && (end.by !== '' || end.last === 0) && after !== end.by) throw new Unconnected();
}

function lastOf(groups: readonly PlacedGroup[]): Seq | undefined {
  return groups.at(-1)?.events.at(-1)?.seq;
}

/** It is in the stream, whatever becomes of the copy. */
function notCopied(error: unknown): unknown {
  if (!(error instanceof CoordError) || error.code !== 'LOG_UNAVAILABLE') return error;
  return new CoordError(
    'LOG_UNAVAILABLE',
    `What was asked may stand in Redis, but the copy on this host can’t be written, and nothing is acknowledged without it. ${error.message}`,
    error.details,
  );
}
