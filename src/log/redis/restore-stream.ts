/** Gives a stream back what Redis has lost, or never had: from the copy of a host, entry by entry as they were. */
import type { LogRecord } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { lostEntries } from './lost-entries.ts';
import type { RedisStream } from './redis-stream.ts';
import type { WrittenEvent } from './stream-entry.ts';
import { writtenEvents } from './stream-entry.ts';

/** Others may still have more than the stream: nobody appends yet. It is over in a moment. */
export class StillRestoring extends Error {}

/** After a loss somebody went on with other events than the copy has. */
export class OtherHistory extends CoordError {}

/**
 * Does nothing to a stream that has all that the copy has. Several hosts may do it at once: what one puts back the others
 * find there.
 * @param gathering for how long others are waited for when it begins, in ms; 0: this host alone has something
 * @param onRestored told now and again up to which event the stream has it, of how many
 * @throws OtherHistory `LOG_UNAVAILABLE` - see there
 * @throws StillRestoring all that the copy has is there, and it is not over
 * @throws whatever the client throws - then it may be done again
 */
export async function restoreStream(
  stream: RedisStream,
  copy: SqliteEventLog,
  gathering: number,
  onRestored: (head: Seq, own: Seq) => void = () => undefined,
): Promise<void> {
  for (;;) {
    const [head, own] = [await stream.head(), await copy.head()];
    await requireSame(stream, copy, head);
    onRestored(head, own);
    const entries = await lostEntries(copy, head);
    const isRestoring = await stream.restore(entries, head, own, gathering);
    if (entries.length > 0) continue;
    if (isRestoring) throw new StillRestoring('BEHIND');
    return;
  }
}

/** The last event that both have is the same in both; then so is everything before it. */
async function requireSame(stream: RedisStream, copy: SqliteEventLog, head: Seq): Promise<void> {
  const common = Math.min(head, await copy.head()) as Seq;
  if (common === 0) return;
  const [entry] = await stream.reader.read((common - 1) as Seq);
  const there = entry?.groups.flatMap(writtenEvents).find(({ seq }) => seq === common);
  const [here] = await copy.readRecords((common - 1) as Seq, 1);
  if (there && here && isSame(there, here)) return;
  throw new OtherHistory(
    'LOG_UNAVAILABLE',
    `Redis at ${stream.place} holds another history than the copy on this host, by event ${common} at the latest: it has lost ` +
      'events that were acknowledged, and somebody went on without them. Nothing of the copy was changed. ' +
      'Stop the other hosts, empty this company in Redis, and start this host first',
    { place: stream.place, seq: common },
  );
}

/** Letter by letter, as it was written. */
function isSame({ seq, at, actor, version, data }: WrittenEvent, record: LogRecord): boolean {
  return (
    seq === record.seq &&
    at === record.at &&
    actor === record.actor &&
    version === record.version &&
    data === record.data
  );
}
