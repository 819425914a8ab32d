/** The stream of a company in Redis: appends batches, and reads what anybody appended. */
import { setTimeout as pause } from 'node:timers/promises';
import type { EventGroup } from '../../contract/event-log.ts';
import type { CoordError } from '../../core/error.ts';
import type { CompanyId, HostId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { pageEntries } from './append-script.ts';
import type { SeenHost } from './beat-script.ts';
import { seenHosts } from './beat-script.ts';
import { companyKey } from './keys.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import { RedisArtifacts } from './redis-artifacts.ts';
import { RedisClock } from './redis-clock.ts';
import type { LineOptions, RedisClient } from './redis-connection.ts';
import { redisFailure } from './redis-errors.ts';
import { longestWait, RedisLines } from './redis-lines.ts';
import { RedisSnapshots } from './redis-snapshots.ts';
import type { Piece } from './stream-archive.ts';
import { packPiece, readArchive } from './stream-archive.ts';
import type { GroupToWrite, RawEntry, StreamEntry } from './stream-entry.ts';
import { entriesAfter, groupText, readEntry } from './stream-entry.ts';
import type { ScriptArgument, StreamScripts } from './stream-scripts.ts';
import { defineScripts } from './stream-scripts.ts';

export interface Appended {
  /** The last event before the batch. */
  readonly base: Seq;
  readonly results: readonly (Seq | 'conflict')[];
  /** Of others, before the batch: perhaps not all that the host does not know, and perhaps some that it knows. */
  readonly entries: readonly RawEntry[];
}

/** Who appends: a name of its own each time it starts, and an epoch that ends when it no longer knows what was done. */
export interface Sender {
  readonly name: string;
  readonly epoch: number;
  readonly batch: number;
  /** The last entry that it has read: it must still be there. */
  readonly known: KnownEntry;
}

/** 0 and nobody: none. */
export type KnownEntry = Pick<StreamEntry, 'last' | 'by'>;

/** An entry that a stream has lost, as a copy has it. */
export type LostEntry = Pick<StreamEntry, 'by' | 'groups'>;

export interface Beat {
  readonly host: HostId;
  /** For people, in JSON. */
  readonly info: string;
  /** Whether it says that the host is there; else it only asks. */
  readonly isShown: boolean;
  readonly known: KnownEntry;
}

export interface StreamOptions extends Pick<LineOptions, 'ca'> {
  readonly address: RedisAddress;
  readonly companyId: CompanyId;
  /** How long Redis may take for a command before it counts as gone, in ms. */
  readonly commandTimeout: number;
}

/** A group as it is sent. */
export type GroupToAppend = Omit<EventGroup, 'events'> & GroupToWrite;

const betweenTries = 200;
/** How long the first way there may take, in ms. */
const longestOpening = 5_000;

function keysOf(companyId: CompanyId) {
  const key = (name: 'events' | 'meta' | 'changed' | 'hosts' | 'archive') => companyKey(companyId, name);
  return {
    events: key('events'),
    meta: key('meta'),
    changed: key('changed'),
    hosts: key('hosts'),
    archive: key('archive'),
  };
}

export class RedisStream {
  /** Where it is, without a password. */
  readonly place: string;
  readonly commandTimeout: number;
  readonly clock = new RedisClock();
  /** Of the state that its events give. */
  readonly snapshots: RedisSnapshots;
  /** That its events name. */
  readonly artifacts: RedisArtifacts;
  readonly #lines: RedisLines;
  readonly #keys: ReturnType<typeof keysOf>;

  /** Nothing is asked of Redis yet. */
  constructor({ address, companyId, commandTimeout, ca }: StreamOptions) {
    this.place = redisPlace(address);
    this.commandTimeout = commandTimeout;
    this.snapshots = new RedisSnapshots({ address, companyId, ca });
    this.artifacts = new RedisArtifacts({ address, companyId, ca });
    this.#keys = keysOf(companyId);
    this.#lines = new RedisLines({ address, commandTimeout, ca, prepare: defineScripts });
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - why it can't be used */
  static async open(options: StreamOptions): Promise<RedisStream> {
    const stream = new RedisStream(options);
    try {
      await stream.connect();
      return stream;
    } catch (error) {
      stream.close();
      throw stream.failure(error);
    }
  }

  /**
   * Does nothing when it is connected.
   * @param within ms
   * @throws CoordError `LOG_UNAVAILABLE` - this Redis will not do; else whatever was wrong on the way there
   */
  async connect(within: number = longestOpening): Promise<void> {
    if (!this.#lines.isOpen) await this.#lines.open(within);
  }

  /** @throws whatever the client throws: whether it was done is known only if Redis answered */
  async append(batch: readonly GroupToAppend[], sender: Sender): Promise<Appended> {
    const { name, epoch, batch: number, known } = sender;
    let text = '';
    const heads = batch.map((group, place) => {
      const { events, touches, reads, homes = [], decidedAt } = group;
      const own = groupText(group, place);
      text += own;
      return [decidedAt, events.length, touches, reads, homes, Buffer.byteLength(own)];
    });
    const args: ScriptArgument[] = [name, epoch, number, known.last, known.by, JSON.stringify(heads), text];
    const { events, meta, changed, hosts } = this.#keys;
    const sentAt = this.clock.sentAt;
    const [base, at, refused, entries] = await this.#run((scripts) =>
      scripts.appendBatch(events, meta, changed, hosts, ...args),
    );
    this.clock.learn(sentAt, Number(at) as EpochMs);
    return { base: base as Seq, results: resultsOf(batch, base, refused), entries };
  }

  /** Nothing counts any more that these senders sent in an earlier epoch. */
  async fence(senders: readonly (readonly [name: string, epoch: number])[]): Promise<void> {
    await this.#run((scripts) => scripts.fenceSenders(this.#keys.meta, ...senders.flat()));
  }

  /** @returns every host that ever was there, by its id */
  async beat({ host, info, isShown, known }: Beat): Promise<ReadonlyMap<HostId, SeenHost>> {
    const { hosts, events } = this.#keys;
    const { sentAt, atLeast } = this.clock;
    const isSeen = isShown && atLeast !== null ? 1 : 0;
    const [at, rows] = await this.#run((scripts) =>
      scripts.beat(hosts, events, host, atLeast ?? 0, info, isSeen, known.last, known.by),
    );
    this.clock.learn(sentAt, Number(at) as EpochMs);
    return seenHosts(rows);
  }

  /** The last event; 0 when there is none. */
  async head(): Promise<Seq> {
    return Number((await this.#lines.ask((client) => client.hget(this.#keys.meta, 'head'))) ?? 0) as Seq;
  }

  /**
   * Puts entries back as they were, right after `head`; does nothing when the stream ends elsewhere.
   * @param own the last event that the host has
   * @param gathering for how long others are waited for, in ms
   * @returns whether nobody may append yet
   */
  async restore(entries: readonly LostEntry[], head: Seq, own: Seq, gathering: number): Promise<boolean> {
    const args: ScriptArgument[] = [head, own, gathering, entries.length];
    for (const { by, groups } of entries) {
      args.push(by, groups.length);
      for (const group of groups) {
        const last = group.events.at(-1)?.seq ?? head;
        args.push(last, group.touches.length, ...group.touches, groupText(group, group.place));
      }
    }
    const { events, meta, changed } = this.#keys;
    const [, isRestoring] = await this.#run((scripts) =>
      scripts.restoreEntries(events, meta, changed, ...args),
    );
    return isRestoring === 1;
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

  /**
   * Moves what is the oldest in the stream into the archive.
   * @param end its last entry
   * @returns false: the archive ends elsewhere by now, or Redis is being given back what it has lost
   */
  async archive(piece: Piece, end: KnownEntry): Promise<boolean> {
    const { events, meta, archive } = this.#keys;
    const packed = await packPiece(piece);
    const done = await this.#run((scripts) =>
      scripts.archivePiece(events, meta, archive, piece.from, end.last, end.by, packed),
    );
    return done === 1;
  }

  /** Where the newest snapshot of a version of the state stands; 0 when there is none. */
  async snapshotSeq(version: number): Promise<Seq> {
    return Number(
      (await this.#lines.ask((client) => client.hget(this.snapshots.key(version), 'seq'))) ?? 0,
    ) as Seq;
  }

  /** Says whenever there is something that ends after a `seq`, over any loss of the line: how it begins. */
  async *follow(after: () => Seq, signal: AbortSignal): AsyncGenerator<readonly RawEntry[]> {
    while (!signal.aborted) {
      const entries = await this.#wait(after(), signal);
      if (entries.length > 0) yield entries;
    }
  }

  /** Why something of it was refused or failed, in words. */
  failure(error: unknown): CoordError {
    return redisFailure(this.place, error);
  }

  /** Gives up what is on its way, at once. */
  drop(): void {
    this.#lines.drop();
    this.snapshots.giveUp();
    this.artifacts.giveUp();
  }

  close(): void {
    this.#lines.close();
    this.snapshots.giveUp();
    this.artifacts.close();
  }

  #run<Answer>(run: (scripts: StreamScripts) => Promise<Answer>): Promise<Answer> {
    return this.#lines.ask((client) => run(client as RedisClient & StreamScripts));
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

  /** What comes after an event, of entries that were read; some of it may have left the stream meanwhile. */
  async after(after: Seq, entries: readonly RawEntry[]): Promise<StreamEntry[]> {
    return this.#whole(after, entriesAfter(after, entries));
  }

  async #whole(after: Seq, entries: StreamEntry[]): Promise<StreamEntry[]> {
    const first = entries[0]?.groups[0]?.events[0]?.seq;
    if (first === undefined || first <= after + 1) return entries;
    const ask = <Answer>(command: (client: RedisClient) => Promise<Answer>) => this.#lines.ask(command);
    return (await readArchive(ask, this.#keys.archive, after)) ?? entries;
  }
}

/** @param refused their places in the batch, in its order */
function resultsOf(
  batch: readonly GroupToAppend[],
  base: number,
  refused: readonly number[],
): Appended['results'] {
  let last = base;
  let next = 0;
  return batch.map(({ events }, place) => {
    if (refused[next] === place) {
      next += 1;
      return 'conflict';
    }
    last += events.length;
    return last as Seq;
  });
}
