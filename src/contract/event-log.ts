/** The port of the log: the only thing that must be durable. SQLite, Redis and memory implement it under one contract suite. */
import type { PendingEvent, StoredEvent } from '../core/event.ts';
import type { HostId, Seq } from '../core/ids.ts';
import type { StateSnapshot } from '../core/state.ts';
import type { EntityKey } from '../core/touches.ts';
import type { EpochMs } from '../core/units.ts';
import type { ArtifactExchange } from './artifact-exchange.ts';
import type { ChainLink, RecordSource } from './hash-chain.ts';
import type { Outages, Presence } from './other-hosts.ts';

/** The events of one command: appended all or nothing, next to each other. */
export interface EventGroup {
  readonly events: readonly PendingEvent[];
  /** What they change; a group is refused when somebody else changed one of these after `decidedAt`. */
  readonly touches: readonly EntityKey[];
  /** What they rest on and leave as it is: refused in the same way, but two groups that read the same don't disagree. */
  readonly reads: readonly EntityKey[];
  /** Hosts that must be there, since tasks of theirs are claimed: refused in the same way. Left out: none. */
  readonly homes?: readonly HostId[];
  /**
   * The `seq` that was folded when the command was decided. A group may also build on earlier groups of its own
   * batch: those don't count as somebody else, unless they are refused.
   */
  readonly decidedAt: Seq;
}

/** Whether a follower is to hear of an event. */
export type WantsEvent = (event: StoredEvent) => boolean;

/** A state at one `seq`, so that a start need not fold the whole log. */
export interface Snapshot {
  readonly seq: Seq;
  /** The version of the state's shape; a program ignores a snapshot of another one and folds instead. */
  readonly version: number;
  readonly state: StateSnapshot;
}

/** Its records are what `verify` looks at. */
export interface EventLog extends RecordSource {
  /** Other hosts append to it too. */
  readonly isShared: boolean;

  /** The time by which all hosts of a shared log go, none by its own; null: the host's own will do. */
  readonly now: (() => EpochMs) | null;

  /** The other hosts; null: it is not shared. */
  readonly presence: Presence | null;

  /** How it goes on when its store does not answer; null: it is in the host itself. */
  readonly outages: Outages | null;

  /** Where the hosts that share it get each other's artifacts; null or left out: they do not. */
  readonly artifacts?: ArtifactExchange | null;

  /** The `seq` of the last event; 0 when empty. */
  head(): Promise<Seq>;

  /**
   * Appends each group all or nothing, in order, and resolves once the batch is durable.
   * @returns for each group the `seq` of its last event, or `conflict` when an entity that it touches
   *   or reads changed after `group.decidedAt`: read on, decide that command again, retry
   * @throws CoordError `LOG_UNAVAILABLE` - the store can't be written; nothing of the batch was
   * @throws LogAway the store does not answer; with `outages` there is a way to find out
   */
  append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]>;

  /**
   * Events after a `seq`, oldest first, at most `limit` (default 1,000).
   * @throws CoordError `DATABASE_DAMAGED` - an event can't be read, with its `seq`
   */
  read(after: Seq, limit?: number): Promise<StoredEvent[]>;

  /** The link of the last event: who keeps it can tell later whether anything up to it was changed. */
  lastLink(): Promise<ChainLink>;

  /**
   * Events after a `seq`, then each batch as it becomes durable, until the signal aborts. Never skips, never repeats.
   * @param wants leaves out what it says no to; the same function for all who want the same. Left out: everything
   */
  follow(after: Seq, signal: AbortSignal, wants?: WantsEvent): AsyncIterable<readonly StoredEvent[]>;

  /**
   * Keeps a snapshot. The last two are kept, and of the older ones of the same version some that stand evenly over the
   * log, so that no moment of the past is far from one.
   */
  saveSnapshot(snapshot: Snapshot): Promise<void>;
  /** The newest snapshot of this version, at or before a `seq` when one is given; or null. */
  loadSnapshot(version: number, atMost?: Seq): Promise<Snapshot | null>;

  close(): Promise<void>;
}
