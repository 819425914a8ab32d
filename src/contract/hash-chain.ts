/** The hash chain over a log: each event's link stands for it and for everything before it. */
import type { StoredEvent } from '../core/event.ts';
import type { Seq } from '../core/ids.ts';

/** What stands before the first event. */
export const firstLink = '0'.repeat(64);

/** An event's place in the chain. */
export interface ChainLink {
  /** 0 for an empty log. */
  readonly seq: Seq;
  /** SHA-256 in lower-case hexadecimal; `firstLink` for an empty log. */
  readonly chain: string;
}

/** What a log keeps of an event, as it stands there: nothing of it has been read or checked. */
export interface LogRecord {
  readonly seq: number;
  readonly at: number;
  readonly actor: string | null;
  readonly version: number;
  /** The type that the log finds the event by. */
  readonly type: string;
  /** The event itself, in JSON. */
  readonly data: string;
  /** The event's link; null when the log has none for it. */
  readonly chain: string | null;
}

/** The JSON of a stored event, made of what the log keeps: the same text for every log. */
function storedText({ seq, at, actor, version, data }: Omit<LogRecord, 'type' | 'chain'>): string {
  return `{"seq":${seq},"version":${version},"at":${at},"actor":${JSON.stringify(actor)},"event":${data}}`;
}

/** What `verify` reads: a log, or the file of one that nobody has opened. */
export interface RecordSource {
  /**
   * What stands after a `seq`, in its order, at most `limit` (default 1,000). Nothing of it is checked: that is what
   * `verify` is for.
   * @throws CoordError `DATABASE_DAMAGED` - the store itself can't be read
   */
  readRecords(after: Seq, limit?: number): Promise<readonly LogRecord[]>;

  /** Where the kept snapshots of this version of the state stand, the oldest first. @throws as `readRecords` */
  snapshotSeqs(version: number): Promise<readonly Seq[]>;

  /** One of them as it stands there, in JSON; null when it is not kept any more. @throws as `readRecords` */
  snapshotText(seq: Seq, version: number): Promise<string | null>;
}

/**
 * `changed`: an event, or its link, is not what was written. `missing`: it is gone. `misplaced`: it does not follow on
 * the one before it, so something was put in, taken out or moved. `rewritten`: the chain fits in itself, but is not
 * the one that was noted. `cut_off`: the log ends before what was noted. `unreadable`: the store can't be read from there.
 * When every event is in order: `snapshot`: a kept state is not what the events up to it give. `anchor`: what was noted
 * beside the log can't be read.
 */
export type ChainFaultKind =
  | 'changed'
  | 'missing'
  | 'misplaced'
  | 'rewritten'
  | 'cut_off'
  | 'unreadable'
  | 'snapshot'
  | 'anchor';

/** What is not as it was written, and comes first. */
export interface ChainFault {
  /** Of the event, or where the snapshot stands; of the last event for an anchor. */
  readonly seq: Seq;
  readonly kind: ChainFaultKind;
  /** In words, as a sentence. */
  readonly why: string;
}

/**
 * `end`: nothing that was noted tells how far the log went. `snapshots`: some could not be held against the events.
 * `branch`: what was done while Redis was away waits beside the log.
 */
export interface Unchecked {
  readonly what: 'end' | 'snapshots' | 'branch';
  /** In words, as a sentence. */
  readonly why: string;
}

export interface ChainVerdict {
  readonly ok: boolean;
  /** How many events are in order, from the first one on. */
  readonly events: number;
  /** The last link that is in order: whoever notes it elsewhere can prove the log up to here later on. */
  readonly head: ChainLink;
  /** What was noted beside the log; null when nothing was yet, or when it can't be read. */
  readonly anchor: ChainLink | null;
  /** How many kept snapshots are what the events up to them give. */
  readonly snapshots: number;
  /** What a log that is in order may still hide. */
  readonly unchecked: readonly Unchecked[];
  readonly fault: ChainFault | null;
}

/**
 * What is hashed to get an event's link: the link before it, a line feed, and the event as JSON. Anybody can compute
 * it again from an export: `printf '%s\n%s' "$previous" "$event" | sha256sum`.
 */
export function linkText(previous: string, record: Omit<LogRecord, 'type' | 'chain'>): string {
  return `${previous}\n${storedText(record)}`;
}

/** The record of an event, for a log that keeps events as values. */
export function recordOf({ seq, at, actor, version, event }: StoredEvent, chain: string): LogRecord {
  return { seq, at, actor, version, type: event.type, data: JSON.stringify(event), chain };
}
