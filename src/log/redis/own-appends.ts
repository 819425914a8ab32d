/** What a host itself appends to a stream: many batches may be under way, and each is acknowledged once its copy has it. */
import type { EventGroup } from '../../contract/event-log.ts';
import type { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import { eventVersion } from '../../core/event.ts';
import type { Seq } from '../../core/ids.ts';
import { textsOf } from '../placement.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { isAnswer } from './redis-errors.ts';
import { NoAnswer } from './redis-lines.ts';
import type { RedisStream } from './redis-stream.ts';
import type { Appended, GroupToAppend } from './stream-calls.ts';
import type { StreamCopy, TakenGroup } from './stream-copy.ts';
import { batchName, entriesAfter } from './stream-entry.ts';

export interface OwnAppendsParts {
  readonly stream: RedisStream;
  readonly copy: SqliteEventLog;
  readonly shared: StreamCopy;
  readonly sender: string;
  readonly epoch: () => number;
  /** After whatever is being done to the copy. */
  readonly inOrder: <Result>(step: () => Promise<Result>) => Promise<Result>;
  /** Whether it stands in the stream is not known, or the copy lacks it. */
  readonly lost: (error: unknown) => void;
  /** What is said then. @param batch that may stand in the stream */
  readonly awayFor: (batch: string) => CoordError;
}

export class OwnAppends {
  readonly #parts: OwnAppendsParts;
  #batches = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(parts: OwnAppendsParts) {
    this.#parts = parts;
  }

  /** When it appended last, by `performance.now()`. */
  get lastAt(): number {
    return this.#lastAt;
  }

  /** The name that the next batch gets. */
  get nextBatch(): string {
    return batchName(this.#parts.sender, this.#batches + 1);
  }

  /** As `EventLog.append` has it, while Redis is there. */
  append(groups: readonly EventGroup[]): Promise<Appended['results']> {
    const name = this.nextBatch;
    const batch = groups.map(toAppend);
    this.#batches += 1;
    this.#lastAt = performance.now();
    const sent = this.#send(batch, this.#batches, name);
    // Its refusal is heard in its turn, which may come late.
    sent.catch(() => undefined);
    return this.#durable(
      this.#parts.inOrder(() => this.#settle(batch, name, sent)),
      name,
    );
  }

  async #send(batch: readonly OwnGroup[], number: number, name: string): Promise<Appended> {
    const { stream, shared, sender, epoch, lost, awayFor } = this.#parts;
    const { known } = shared;
    try {
      return await stream.append(batch, { name: sender, epoch: epoch(), batch: number, known });
    } catch (error) {
      if (isAnswer(error)) throw stream.failure(error);
      lost(error);
      throw awayFor(name);
    }
  }

  /** It stands in the stream already: what fails from there on is no refusal. */
  async #settle(
    batch: readonly OwnGroup[],
    name: string,
    sent: Promise<Appended>,
  ): Promise<Appended['results']> {
    const { shared, lost, awayFor } = this.#parts;
    const { base, results, entries } = await sent;
    try {
      let before = entriesAfter(shared.head, entries);
      if ((before.at(-1)?.last ?? shared.head) < base) {
        before = [];
        await shared.readOn(base);
        if (shared.head < base) throw new NoAnswer('it has lost what it has answered');
      }
      shared.keepOwn(before, taken(batch, results), name);
      return results;
    } catch (error) {
      lost(error);
      throw awayFor(name);
    }
  }

  /**
   * Nothing is acknowledged that the copy may lose. The next batches are settled meanwhile. Whoever is refused decides
   * again at once: on all that others did by then, or they would be quicker again.
   */
  async #durable(settled: Promise<Appended['results']>, name: string): Promise<Appended['results']> {
    const { copy, shared, inOrder, lost, awayFor } = this.#parts;
    const results = await settled;
    try {
      await copy.synced();
      if (results.includes('conflict')) await inOrder(() => shared.readOn());
      return results;
    } catch (error) {
      lost(error);
      throw awayFor(name);
    }
  }
}

interface OwnGroup extends GroupToAppend {
  readonly events: readonly Omit<StoredEvent, 'seq'>[];
}

/** With what it is written as, made once. */
export function toAppend({ events, ...group }: EventGroup): OwnGroup {
  const written = events.map(({ at, actor, event }) => ({ version: eventVersion, at, actor, event }));
  return { ...group, events: written, texts: textsOf(events) };
}

/** The groups that were taken, with the numbers that they got. */
function taken(batch: readonly OwnGroup[], results: Appended['results']): TakenGroup[] {
  const groups: TakenGroup[] = [];
  for (const [place, { events, texts, touches }] of batch.entries()) {
    const last = results[place];
    if (last === undefined || last === 'conflict') continue;
    const first = last - events.length + 1;
    const stored = events.map(({ version, at, actor, event }, n): StoredEvent => {
      return { seq: (first + n) as Seq, version, at, actor, event };
    });
    groups.push({ place, events: stored, texts, touches });
  }
  return groups;
}
