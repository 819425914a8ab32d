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
