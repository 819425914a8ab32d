/** What a decision may know beside the state and the command: the world enters here and nowhere else. */
import type { ArtifactHash, IdKinds, MemberId, SessionId, WorkerId } from './ids.ts';
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

export interface Context {
  readonly now: EpochMs;
  readonly actor: Actor;
  /** A fresh id, `task_7k2m9q4xw0`-like; never the same twice. */
  readonly newId: <Kind extends keyof IdKinds>(kind: Kind) => IdKinds[Kind];
  /** SHA-256 of the text's UTF-8 bytes. */
  readonly sha256: (text: string) => ArtifactHash;
}
