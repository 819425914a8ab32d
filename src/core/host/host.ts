/** A host: a program with a data directory of its own that works for the company, through a log that it shares with others. */
import type { HostId } from '../ids.ts';
import type { EpochMs } from '../units.ts';

/** `lost`: nobody had heard of it for so long that others took over its tasks; `left`: it gave the company up. */
export type HostState = 'there' | 'lost' | 'left';

export interface Host {
  readonly id: HostId;
  /** Of its machine, for people. */
  readonly name: string;
  readonly state: HostState;
  /** When it joined last: one that was lost or left may join again. */
  readonly joinedAt: EpochMs;
  /** When it was lost or left; null while it is there. */
  readonly goneAt: EpochMs | null;
  /** Since when it has gone on by itself, cut off from the others; null: it has not. Others learn of it when it is back. */
  readonly cutOffSince: EpochMs | null;
}

/** Tells of whose host leases, locks and silences may be ended; null: of no host in particular. */
export type IsOurs = (host: HostId | null) => boolean;
