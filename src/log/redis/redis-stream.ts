/** The stream of a company in Redis: appends batches, gives back what was lost, and takes signs of life. */
import type { CoordError } from '../../core/error.ts';
import type { HostId, Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { SeenHost } from './beat-script.ts';
import { seenHosts } from './beat-script.ts';
import type { StreamKeys } from './keys.ts';
import { streamKeys } from './keys.ts';
import { redisPlace } from './redis-address.ts';
import { RedisArtifacts } from './redis-artifacts.ts';
import { RedisClock } from './redis-clock.ts';
import type { RedisClient } from './redis-connection.ts';
import { redisFailure } from './redis-errors.ts';
import { RedisLines } from './redis-lines.ts';
import { RedisSnapshots } from './redis-snapshots.ts';
import type { Piece } from './stream-archive.ts';
import { packPiece } from './stream-archive.ts';
import type {
  Appended,
  Beat,
  GroupToAppend,
  KnownEntry,
  LostEntry,
  Sender,
  StreamOptions,
} from './stream-calls.ts';
import { groupText } from './stream-entry.ts';
import { StreamReader } from './stream-reader.ts';
import type { ScriptArgument, StreamScripts } from './stream-scripts.ts';
import { defineScripts } from './stream-scripts.ts';

/** How long the first way there may take, in ms. */
const longestOpening = 5_000;

export class RedisStream {
  /** Where it is, without a password. */
  readonly place: string;
  readonly commandTimeout: number;
  readonly clock = new RedisClock();
  /** Of the state that its events give. */
  readonly snapshots: RedisSnapshots;
  /** That its events name. */
  readonly artifacts: RedisArtifacts;
  /** Reads what it holds. */
  readonly reader: StreamReader;
  readonly #lines: RedisLines;
  readonly #keys: StreamKeys;

  /** Nothing is asked of Redis yet. */
  constructor({ address, companyId, commandTimeout, ca }: StreamOptions) {
    this.place = redisPlace(address);
    this.commandTimeout = commandTimeout;
    this.snapshots = new RedisSnapshots({ address, companyId, ca });
    this.artifacts = new RedisArtifacts({ address, companyId, ca });
    this.#keys = streamKeys(companyId);
    this.#lines = new RedisLines({ address, commandTimeout, ca, prepare: defineScripts });
    this.reader = new StreamReader(this.#lines, this.#keys);
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
  async beat({ host, sender, info, kind, known }: Beat): Promise<ReadonlyMap<HostId, SeenHost>> {
    const { hosts, events, meta } = this.#keys;
    const { sentAt, atLeast } = this.clock;
    // Before it knows the time nobody can tell for how long a sign of life was on its way.
    const asked = kind === 'show' && atLeast === null ? 'ask' : kind;
    const [at, rows] = await this.#run((scripts) =>
      scripts.beat(hosts, events, meta, host, atLeast ?? 0, info, asked, known.last, known.by, sender),
    );
    if (kind !== 'leave') this.clock.learn(sentAt, Number(at) as EpochMs);
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
    const args: ScriptArgument[] = [head, own, gathering, this.clock.atLeast ?? 0, entries.length];
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
