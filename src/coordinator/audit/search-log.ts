/** Finds the events that an audit asks for, page by page over the log, without holding up anybody. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditFilter } from '../../contract/audit.ts';
import type { LogRecord, RecordSource } from '../../contract/hash-chain.ts';
import { isOfType } from '../../core/event-types.ts';
import type { Seq } from '../../core/ids.ts';

/** Records between two turns of the event loop: a few milliseconds' work. */
const lookedAtOnce = 500;

export type Criteria = Pick<AuditFilter, 'actor' | 'types' | 'object' | 'text'>;

export interface SearchRange {
  /** Both included. */
  readonly first: Seq;
  readonly last: Seq;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
}

/** The numbers of those that match, in the order that was asked for. */
export async function searchLog(
  source: RecordSource,
  criteria: Criteria,
  { first, last, order, limit }: SearchRange,
  signal: AbortSignal,
): Promise<Seq[]> {
  const matches = matcherFor(criteria);
  const found: Seq[] = [];
  let [low, high] = [first as number, last as number];
  while (low <= high && found.length < limit) {
    signal.throwIfAborted();
    const start = order === 'oldest' ? low : Math.max(low, high - lookedAtOnce + 1);
    const end = order === 'oldest' ? Math.min(high, low + lookedAtOnce - 1) : high;
    const page = await source.readRecords((start - 1) as Seq, end - start + 1);
    for (const record of order === 'oldest' ? page : page.toReversed()) {
      if (found.length < limit && record.seq <= end && matches(record)) found.push(record.seq as Seq);
    }
    if (order === 'oldest') low = end + 1;
    else high = start - 1;
    await nextTurn();
  }
  return found;
}

/** Looks at the JSON as it is kept, and reads only what may match by that. */
function matcherFor({ actor, types, object, text }: Criteria): (record: LogRecord) => boolean {
  const wantedActor = actor === 'host' ? null : actor;
  const quotedObject = object === null ? null : JSON.stringify(object);
  const words = text?.toLowerCase() ?? null;
  return (record) =>
    (actor === null || record.actor === wantedActor) &&
    (types.length === 0 || types.some((type) => isOfType(record.type, type))) &&
    (quotedObject === null || record.data.includes(quotedObject)) &&
    (words === null || someText(parse(record.data), (value) => value.toLowerCase().includes(words)));
}

function someText(value: unknown, isSo: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isSo(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((each) => someText(each, isSo));
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
