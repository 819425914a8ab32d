/** What a decision may know beside the state and the command: the world enters here and nowhere else. */
import type { ArtifactHash, HostId, IdKinds, MemberId, SessionId, WorkerId } from './ids.ts';
import type { EpochMs } from './units.ts';

/**
 * Who asks. `member` is bound by its session; a worker's session names its worker;
 * `host` is the program that owns the data directory (clock ticks, workers' lives).
 */
export type Actor =
  | { readonly kind: 'host' }
  | {
      readonly kind: 'member';
      readonly memberId: MemberId;
      /** What holds its file locks; without one it can hold none. */
      readonly sessionId?: SessionId;
      /** The worker whose session it is. */
      readonly workerId?: WorkerId;
      /** The owner, whose program acts for the member; left out: the member acts by a token of their own. */
      readonly actedBy?: MemberId;
    };

/** Which host decides, and how it chooses where several would choose the same and only one can have it. */
export interface HostChoice {
  /** Null: it shares the log with no other. */
  readonly host: HostId | null;
  /** Others append to the same log: what several want alike is chosen so that they rarely do. */
  readonly sharesLog: boolean;
  /** A random whole number from 0 to `count`, `count` excluded; a host that shares with no other does not ask. */
  readonly pick: (count: number) => number;
  /** Whether another host is connected, as far as is known here: only then may its tasks be claimed elsewhere. */
  readonly isThere: (host: HostId) => boolean;
  /** It is cut off from the others and goes on by itself: it may claim nothing but the tasks that are at home at it. */
  readonly isAway: boolean;
}

export interface Context extends HostChoice {
  readonly now: EpochMs;
  /** What its events are dated, when it is decided anew as of an earlier time; left out: `now`. */
  readonly stampedAt?: EpochMs;
  /** The host goes on by itself: its events stand in no log yet. Left out: false. */
  readonly isProvisional?: boolean;
  /**
   * It was taken before, by a host that was cut off, and is decided again: what it says has happened. So nothing is refused
   * that only would not have been begun now, such as work for an agent that has enough of it. Left out: false.
   */
  readonly hasHappened?: boolean;
  readonly actor: Actor;
  /** A fresh id, `task_7k2m9q4xw0`-like; never the same twice. */
  readonly newId: <Kind extends keyof IdKinds>(kind: Kind) => IdKinds[Kind];
  /** SHA-256 of the text's UTF-8 bytes. */
  readonly sha256: (text: string) => ArtifactHash;
}

/** A host that shares its log with no other leaves nothing to chance. */
export const hostAlone: HostChoice = {
  host: null,
  sharesLog: false,
  pick: () => 0,
  isThere: () => true,
  isAway: false,
};
