/** Where the logs of companies are kept: on this host alone, or in a Redis that several hosts share. */
import { z } from 'zod';
import type { CompanyId, HostId, Seq } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';
import type { ChainLink } from './hash-chain.ts';

export const moveCompanySchema = z.strictObject({
  /** `redis`: the one that the host knows; a URL without a password, which it then keeps in mind; `here`: this host alone. */
  to: z.string().min(1).max(2_000),
  /** It is understood that anybody who reaches a Redis without a password reads and changes the company. */
  openToAnybody: z.boolean().default(false),
});

/** How far a move is that is under way; each of its stages counts from the beginning. */
export interface MoveProgress {
  /** `fetching` what was handed in on other hosts, `writing` the events into Redis, `comparing` both logs event by event. */
  readonly stage: 'fetching' | 'writing' | 'comparing';
  /** Artifacts when it fetches, else events. */
  readonly done: number;
  readonly total: number;
}

/** A company after its log was moved, or was there already. */
export interface MovedCompany {
  readonly id: CompanyId;
  readonly name: string;
  /** Without a password; null: on this host alone. */
  readonly place: string | null;
  readonly from: string | null;
  /** The last event when it was moved: both logs were compared up to there, link by link. */
  readonly verified: ChainLink;
  /** How long commands had to wait, in ms. */
  readonly heldUp: number;
}

export interface CompanyPlace {
  readonly id: CompanyId;
  /** Null when nothing tells. */
  readonly name: string | null;
  /** Where its log is, without a password; null: on this host alone. */
  readonly place: string | null;
  /** `closed`: `why` says why. `elsewhere`: it is there, and not on this host yet. */
  readonly state: 'open' | 'closed' | 'elsewhere';
  readonly why: string | null;
  /** Null: it stays where it is. */
  readonly moving: MoveProgress | null;
}

/** Left in a store when a company leaves it: where it went. */
export interface Departure {
  readonly host: HostId;
  /** Of the machine, for people. */
  readonly machine: string;
  readonly at: EpochMs;
  /** The last event in the store. */
  readonly seq: Seq;
}

/** What a host offers its owner, beside the companies themselves. */
export interface CompanyPlaces {
  /** Every company of this host, and those in its Redis. */
  list(): Promise<readonly CompanyPlace[]>;
  /**
   * Opens every company that the Redis holds, at once instead of in a moment.
   * @throws CoordError `NOT_FOUND` - no Redis is set; `LOG_UNAVAILABLE` - it can't be used
   */
  join(): Promise<readonly CompanyPlace[]>;
  /**
   * Moves a company's log, live: commands wait meanwhile, none is refused.
   * @throws CoordError `LOG_UNAVAILABLE`, `REDIS_UNPROTECTED`, `BAD_INPUT` - it stays where it was
   */
  move(id: CompanyId, to: z.output<typeof moveCompanySchema>): Promise<MovedCompany>;
}
