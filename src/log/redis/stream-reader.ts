/** Reads what anybody appended to a stream: on from any event, also from the archive, and whenever there is more. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Seq } from '../../core/ids.ts';
import { pageEntries } from './append-script.ts';
import type { StreamKeys } from './keys.ts';
import type { RedisClient } from './redis-connection.ts';
import type { RedisLines } from './redis-lines.ts';
import { longestWait } from './redis-lines.ts';
import { readArchive } from './stream-archive.ts';
import type { RawEntry, StreamEntry } from './stream-entry.ts';
import { entriesAfter, readEntry } from './stream-entry.ts';

const betweenTries = 200;

export class StreamReader {
  readonly #lines: RedisLines;
  readonly #keys: StreamKeys;

  constructor(lines: RedisLines, keys: StreamKeys) {
    this.#lines = lines;
    this.#keys = keys;
  }

  /** Entries that end after a `seq`, the oldest first, also from the archive; none at the end. */
  async read(after: Seq): Promise<StreamEntry[]> {
    return this.#whole(
      after,
      (await this.readRaw(after)).map(([, entry]) => entry),
    );
  }

  /** The same of what is not archived, and beside each what it is made of. */
  async readRaw(after: Seq): Promise<(readonly [RawEntry, StreamEntry])[]> {
    const entries = await this.#lines.ask((client) =>
      client.xrange(this.#keys.events, `(${after}-0`, '+', 'COUNT', pageEntries),
    );
    return entries.map((entry) => [entry as RawEntry, readEntry(entry as RawEntry)] as const);
  }

  /** The last event that is in the archive; 0 when there is none. */
  async archived(): Promise<Seq> {
    return Number((await this.#lines.ask((client) => client.hget(this.#keys.meta, 'archived'))) ?? 0) as Seq;
  }

  /** Says whenever there is something that ends after a `seq`, over any loss of the line: how it begins. */
  async *follow(after: () => Seq, signal: AbortSignal): AsyncGenerator<readonly RawEntry[]> {
    while (!signal.aborted) {
      const entries = await this.#wait(after(), signal);
      if (entries.length > 0) yield entries;
    }
  }

  /** What comes after an event, of entries that were read; some of it may have left the stream meanwhile. */
  async after(after: Seq, entries: readonly RawEntry[]): Promise<StreamEntry[]> {
    return this.#whole(after, entriesAfter(after, entries));
  }

  async #wait(after: Seq, signal: AbortSignal): Promise<readonly RawEntry[]> {
    const args = [
      'COUNT',
      pageEntries,
      'BLOCK',
      longestWait,
      'STREAMS',
      this.#keys.events,
      `${after}-0`,
    ] as const;
    const answer = await this.#lines
      .wait((client) => client.xread(...args))
      .catch(async () => {
        // The line comes back by itself, or is opened again.
        await pause(betweenTries, undefined, { signal, ref: false }).catch(() => undefined);
        return null;
      });
    return (answer?.[0]?.[1] ?? []) as RawEntry[];
  }

  async #whole(after: Seq, entries: StreamEntry[]): Promise<StreamEntry[]> {
    const first = entries[0]?.groups[0]?.events[0]?.seq;
    if (first === undefined || first <= after + 1) return entries;
    const ask = <Answer>(command: (client: RedisClient) => Promise<Answer>) => this.#lines.ask(command);
    return (await readArchive(ask, this.#keys.archive, after)) ?? entries;
  }
}
