/** What is asked of a stream, and what it answers. */
import type { EventGroup } from '../../contract/event-log.ts';
import type { CompanyId, HostId, Seq } from '../../core/ids.ts';
import type { BeatKind } from './beat-script.ts';
import type { RedisAddress } from './redis-address.ts';
import type { LineOptions } from './redis-connection.ts';
import type { GroupToWrite, RawEntry, StreamEntry } from './stream-entry.ts';

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
  readonly sender: string;
  /** For people, in JSON. */
  readonly info: string;
  readonly kind: BeatKind;
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
