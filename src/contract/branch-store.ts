/** The port of the store in which a host keeps what was done while the log was away, until it stands in the log. */
import type { AuditEvent } from '../core/audit/audit-events.ts';
import type { Command } from '../core/command.ts';
import type { Actor } from '../core/context.ts';
import type { StoredEvent } from '../core/event.ts';
import type { EpochMs } from '../core/units.ts';

/** What was done: a command that was taken, or only something to put on record, such as a refusal. */
export type Deed =
  | { readonly kind: 'command'; readonly command: Command }
  /** A claim that was sent and not answered: whoever asked knows nothing of it. */
  | { readonly kind: 'unanswered_claim' }
  | { readonly kind: 'record'; readonly event: AuditEvent };

/** The batch, and the place in it, by which a deed may stand in the log all the same. */
export interface SentAs {
  readonly batch: string;
  readonly place: number;
}

export interface BranchDeed {
  readonly actor: Actor;
  readonly deed: Deed;
  readonly decidedAt: EpochMs;
  /** Those that it drew, in order: decided again it draws the same. */
  readonly ids: readonly string[];
  /** What it led to, under provisional numbers. */
  readonly events: readonly StoredEvent[];
  /** Null: it was never sent. */
  readonly sentAs: SentAs | null;
  /** It takes the place of the deed before it that says the same, such as an earlier sign of life; null: of none. */
  readonly lastOf: string | null;
}

export interface KeptDeed extends BranchDeed {
  /** Rising, and never the same twice. */
  readonly n: number;
}

/** Each call is durable when it returns. All throw CoordError `LOG_UNAVAILABLE`, `DATABASE_DAMAGED`. */
export interface BranchStore {
  /** How many there are. */
  count(): number;
  /** The first `limit` that come after the deed `n`, in the order in which they were done. */
  after(n: number, limit: number): readonly KeptDeed[];
  /** The batches as which something of it was sent. */
  batches(): readonly string[];
  /** All of them or none; each that is the last of its like comes at the end, and those before it go. */
  keep(deeds: readonly BranchDeed[]): void;
  /** Notes that these are about to be sent, in this order, as the places of a batch. */
  noteSent(deeds: readonly Pick<KeptDeed, 'n'>[], batch: string): void;
  /** Puts another deed in the place of one, as never sent. */
  replace(kept: Pick<KeptDeed, 'n'>, deed: BranchDeed): void;
  /** They stand in the log. */
  forget(deeds: readonly Pick<KeptDeed, 'n'>[]): void;
  close(): void;
}
