/** What `--json` says of an artifact. */
import type { Artifact } from '../../core/task/task.ts';

export interface ArtifactDocument {
  readonly sha256: string;
  /** Its path in what the task handed in, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

export const artifactDocument = ({ hash, path, bytes }: Artifact): ArtifactDocument => ({
  sha256: hash,
  path,
  bytes,
});
