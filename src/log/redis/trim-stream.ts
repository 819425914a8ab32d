/** Keeps a stream short: moves its oldest events into the archive, behind a snapshot that every host can start from. */
import { firstLink } from '../../contract/hash-chain.ts';
import type { HostSight } from '../../contract/other-hosts.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import type { RedisStream } from './redis-stream.ts';
import type { RawEntry, StreamEntry } from './stream-entry.ts';
import { writtenEvents } from './stream-entry.ts';
import { sameLinks } from './verify-stream.ts';

export interface TrimParts {
  readonly stream: RedisStream;
  /** What is archived is what it holds, link by link. */
  readonly copy: SqliteEventLog;
  readonly hosts: readonly HostSight[];
  readonly now: EpochMs;
  /** So many events stay in the stream, at least. */
  readonly keep: number;
}

/** Events of a piece, at least. */
const eventsOfPiece = 2_000;
/** Pieces that are made at once: more than becomes due between two snapshots. */
const piecesAtOnce = 30;
/** A host that was not seen for longer need not find a snapshot of its version any more, in ms: 30 days. */
const rememberedFor = 30 * 24 * 60 * 60 * 1_000;

/**
 * @returns the last event that is archived
 * @throws CoordError `DATABASE_DAMAGED` - the stream does not hold what the copy holds; nothing was taken out
 * @throws whatever the client throws
 */
export async function trimStream(parts: TrimParts): Promise<Seq> {
  const { stream, copy, keep } = parts;
  const most = Math.min((await copy.head()) - keep, await behindSnapshots(parts));
  let archived = await stream.reader.archived();
  for (let pieces = 0; pieces < piecesAtOnce && archived < most; pieces += 1) {
    const read = await nextPiece(stream, archived, most);
    const end = read.at(-1)?.[1];
    if (!end) break;
    const chain = await provenLink(
      parts,
      archived,
      read.map(([, entry]) => entry),
    );
    const piece = { from: archived, entries: read.map(([raw]) => raw), chain };
    if (!(await stream.archive(piece, end))) break;
    archived = end.last;
  }
  return archived;
}

/** Where the oldest of those snapshots stands from which the hosts start, each in its version; 0 when one has none. */
async function behindSnapshots({ stream, hosts, now }: TrimParts): Promise<number> {
  const known = hosts.filter(({ seenAt }) => now - seenAt <= rememberedFor);
  const versions = new Set(known.map(({ info }) => info?.stateVersion ?? null));
  let oldest = Number.POSITIVE_INFINITY;
  for (const version of versions) {
    oldest = Math.min(oldest, version === null ? 0 : await stream.snapshotSeq(version));
  }
  return versions.size === 0 ? 0 : oldest;
}

/** The next entries that make a piece; none when there are too few of them up to an event. */
async function nextPiece(
  stream: RedisStream,
  after: Seq,
  most: number,
): Promise<(readonly [RawEntry, StreamEntry])[]> {
  const found: (readonly [RawEntry, StreamEntry])[] = [];
  for (let last = after; last - after < eventsOfPiece; ) {
    const page = (await stream.reader.readRaw(last)).filter(([, entry]) => entry.last <= most);
    const end = page.at(-1)?.[1].last;
    if (end === undefined) return [];
    found.push(...page);
    last = end;
  }
  return found;
}

/** The link of their last event, which is the one that the copy has. @throws CoordError `DATABASE_DAMAGED` */
async function provenLink(
  { stream, copy }: TrimParts,
  from: Seq,
  entries: readonly StreamEntry[],
): Promise<string> {
  const [before] = from === 0 ? [] : await copy.readRecords((from - 1) as Seq, 1);
  const events = entries.flatMap(({ groups }) => groups.flatMap(writtenEvents));
  const start = { seq: from, chain: before?.chain ?? firstLink };
  const { proven, differs } = await sameLinks(events, copy, start);
  if (differs === null) return proven.chain;
  throw new CoordError(
    'DATABASE_DAMAGED',
    `Nothing was moved into the archive of the log in Redis at ${stream.place}: event ${differs} there is not the one on this ` +
      'host. “agentcoord verify” says whether the log on this host is as it was written',
    { place: stream.place, seq: differs },
  );
}
