/** Where hosts that share a log leave the bytes of artifacts for each other. */
import type { ArtifactHash } from '../core/ids.ts';

/**
 * The largest artifact, in bytes: in base64 it still fits into one frame of the RPC. What can be handed in can also be
 * shared, so that a company behaves the same wherever its log is.
 */
export const maxArtifactBytes = 20 * 1024 * 1024;

export interface ArtifactExchange {
  /** Where it is, without a password. */
  readonly place: string;

  /**
   * Leaves the bytes there, also in place of what is there; resolves once every host can get them.
   * @throws LogAway it does not answer: whether it was done is not known
   * @throws CoordError `LOG_UNAVAILABLE` - it answers, and takes nothing: why, in words
   */
  offer(hash: ArtifactHash, bytes: Uint8Array): Promise<void>;

  /**
   * What is there under that name, checked against it; null: nothing.
   * @throws LogAway it does not answer
   * @throws CoordError `ARTIFACT_CHANGED` - what is there has another hash; `LOG_UNAVAILABLE`
   */
  fetch(hash: ArtifactHash): Promise<Uint8Array | null>;

  /**
   * Those of them that nobody has left there.
   * @throws LogAway, CoordError `LOG_UNAVAILABLE`
   */
  lacks(hashes: readonly ArtifactHash[]): Promise<readonly ArtifactHash[]>;
}
