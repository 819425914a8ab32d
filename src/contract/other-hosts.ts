/** What a host knows of the others that share its log, and how it finds back to them. */
import type { HostId, Seq } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';

/** A host as the store has seen it last. */
export interface HostSight {
  readonly id: HostId;
  /** By the store's clock. */
  readonly seenAt: EpochMs;
  /** It was seen so lately that it can't yet have gone on by itself. */
  readonly isThere: boolean;
}

export interface Presence {
  /** Whether another host's tasks may be claimed now: as far as is known here, the store decides. */
  isThere(host: HostId): boolean;
  /** Every host that was ever seen, this one too, by id. */
  hosts(): readonly HostSight[];
  /** When this host last sent a sign of life, by `performance.now()`; until some time after it others may claim its tasks. */
  lastBeatSentAt(): number;
}

/** What became of a batch: the `seq` of each group's last event, or that it does not stand in the log. */
export type Fate = readonly (Seq | 'conflict')[];

/** How a log that can go away is met again. */
export interface Outages {
  /** Resolves when the store does not answer any more; what is appended from then on is refused with `LogAway`. */
  gone(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when the store answers again, its copy and it have met, and it takes batches.
   * @param batches whose fate is not known, of this start of the host or of an earlier one, by their names
   * @returns the fate of those that stand in the log; the others never will
   * @throws CoordError `LOG_UNAVAILABLE` - they have different histories
   */
  comeBack(batches: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Fate>>;
}
