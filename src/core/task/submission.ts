/** The one hash that stands for everything an attempt handed in. */
import type { Context } from '../context.ts';
import type { ArtifactHash } from '../ids.ts';
import type { Artifact } from './task.ts';

/** SHA-256 of no bytes at all: what a task without artifacts hands in. */
const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' as ArtifactHash;

/** Of one artifact its own hash; of several that of their list in the format of `sha256sum`, sorted by path. */
export function submissionHash(
  artifacts: readonly Pick<Artifact, 'hash' | 'path'>[],
  sha256: Context['sha256'],
): ArtifactHash {
  const [first, ...more] = artifacts;
  if (!first) return nothing;
  if (more.length === 0) return first.hash;
  const lines = artifacts.toSorted(byPath).map(({ hash, path }) => `${hash}  ${path}\n`);
  return sha256(lines.join(''));
}

function byPath(a: Pick<Artifact, 'hash' | 'path'>, b: Pick<Artifact, 'hash' | 'path'>): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.hash < b.hash ? -1 : 1;
}
