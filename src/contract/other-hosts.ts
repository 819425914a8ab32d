/** What a host knows of the others that share its log, and how it finds back to them. */
import type { CoordError } from '../core/error.ts';
import type { HostId, Seq } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';

/** What people want to know of a host. */
export interface HostInfo {
  /** The name of its machine. */
  readonly machine: string;
  /** Of the program. */
  readonly version: string;
  /** Of the state's shape that it reads and writes. */
  readonly stateVersion: number;
}

/** A host as the store has seen it last. */
export interface HostSight {
  readonly id: HostId;
  /** By the store's clock. */
  readonly seenAt: EpochMs;
  /** It was seen so lately that it can't yet have gone on by itself. */
  readonly isThere: boolean;
  /** Null when this program can't read it. */
  readonly info: HostInfo | null;
}

export interface Presence {
  /** Whether another host's tasks may be claimed now: as far as is known here, the store decides. */
  isThere(host: HostId): boolean;
  /** Every host that was ever seen, this one too, by id. */
  hosts(): readonly HostSight[];
  /**
   * How long ago this host sent its last sign of life, in ms, by a clock that nobody sets: for some time after it others
   * may claim its tasks. Null: not since it started, so the others may have taken over long ago what it had.
   */
  silentForAtLeast(): number | null;
  /** The same by whichever clock says the most: that one may stand still while the machine sleeps. */
  silentForAtMost(): number | null;
  /**
   * From now on this host gives signs of life, until the store is away. Not before all that it did by itself stands in
   * the log: from the first sign on others may claim its tasks.
   */
  show(): void;
}

/**
 * What became of a batch: the `seq` of each group's last event, or that it does not stand in the log. It ends with the
 * last group that does: what is beyond does not.
 */
export type Fate = readonly (Seq | 'conflict')[];

/** How a log that can go away is met again. */
export interface Outages {
  /** Why it is away, as far as is known now; null: it is there. */
  readonly cause: CoordError | null;
  /**
   * Resolves when the store does not answer any more, once all that was under way is settled; at once while it is away.
   * What is appended from then on is refused with `LogAway`. Rejects with the reason of the signal.
   */
  gone(signal: AbortSignal): Promise<void>;
  /** The name of the batch that is appended next, if none is under way. */
  nextBatch(): string;
  /**
   * Resolves when the store answers again, its copy and it have met, and it takes batches.
   * @param batches whose fate is not known, of this start of the host or of an earlier one, by their names
   * @returns the fate of those that stand in the log; the others never will
   * @throws CoordError `LOG_UNAVAILABLE` - they have different histories
   */
  comeBack(batches: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Fate>>;
}
