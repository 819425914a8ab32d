/** Proves that a stream holds what the copy of a host holds, event by event: the chain over the one is the chain over the other. */
import type { ChainLink } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import { nextLink } from '../chain.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import type { RedisStream } from './redis-stream.ts';
import type { WrittenEvent } from './stream-entry.ts';
import { writtenEvents } from './stream-entry.ts';

/**
 * Walks both.
 * @param from up to where it was walked before, and held
 * @param upTo the last event that is looked at
 * @param onProven told now and again how far it is
 * @returns the last link that holds
 * @throws CoordError `LOG_UNAVAILABLE` - they differ, with the first event that does
 */
export async function verifyStream(
  stream: RedisStream,
  copy: SqliteEventLog,
  from: ChainLink,
  upTo: Seq,
  onProven: (seq: Seq) => void = () => undefined,
): Promise<ChainLink> {
  let proven = from;
  while (proven.seq < upTo) {
    const entries = await stream.reader.read(proven.seq);
    const events = entries
      .flatMap(({ groups }) => groups.flatMap(writtenEvents))
      .filter(({ seq }) => seq > proven.seq && seq <= upTo);
    if (events.length === 0) throw differs(stream.place, (proven.seq + 1) as Seq);
    const walked = await sameLinks(events, copy, proven);
    if (walked.differs !== null) throw differs(stream.place, walked.differs);
    proven = walked.proven;
    onProven(proven.seq);
  }
  return proven;
}

/**
 * @param events that follow on a link which holds
 * @returns the last link that holds, and the first event of which the copy holds another
 */
export async function sameLinks(
  events: readonly WrittenEvent[],
  copy: SqliteEventLog,
  from: ChainLink,
): Promise<{ readonly proven: ChainLink; readonly differs: Seq | null }> {
  const records = await copy.readRecords(from.seq, events.length);
  let proven = from;
  for (const [place, event] of events.entries()) {
    const { seq } = event;
    const record = records[place];
    const chain = nextLink(proven.chain, event);
    if (record?.seq !== seq || seq !== proven.seq + 1 || record.chain !== chain) {
      return { proven, differs: seq };
    }
    proven = { seq, chain };
  }
  return { proven, differs: null };
}

function differs(place: string, seq: Seq): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The company was not moved: event ${seq} in Redis at ${place} is not the one on this host. Nothing was changed here. ` +
      '“agentcoord verify” says whether the log on this host is as it was written; what stands in Redis may be removed',
    { place, seq },
  );
}
