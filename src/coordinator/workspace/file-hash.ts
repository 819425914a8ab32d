/** What a file holds, by its hash: taken beside everything else, so that a large one holds up nobody. */

import { createHash, webcrypto } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { maxWorkspaceBytes } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash } from '../../core/ids.ts';
import type { Place } from './place.ts';
import { read, readFlags } from './place.ts';

/** A file that was looked at, and its hash, which holds as long as the file is the same. */
export interface KnownFile {
  readonly stats: Stats;
  readonly hash: ArtifactHash;
}

/** In ms: a second change as soon as this after the first may bear the same time. */
const clockTick = 20;

export function hashOf(bytes: Uint8Array): ArtifactHash {
  return createHash('sha256').update(bytes).digest('hex') as ArtifactHash;
}

/** The same on another thread. */
export async function hashBeside(bytes: Uint8Array<ArrayBuffer>): Promise<ArtifactHash> {
  const digest = await webcrypto.subtle.digest('SHA-256', bytes);
  return Buffer.from(digest).toString('hex') as ArtifactHash;
}

/** Null: there is no plain file that could be read whole, or it was changed just now. @throws what the system says */
export async function lookBeside({ folder, name, there }: Place): Promise<KnownFile | null> {
  if (!there) return null;
  const handle = await open(folder.entry(name), readFlags);
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > maxWorkspaceBytes) return null;
    const hash = await hashBeside(await handle.readFile());
    const isSettled = Date.now() - stats.ctimeMs > clockTick;
    return isSettled && isSame(stats, await handle.stat()) ? { stats, hash } : null;
  } finally {
    await handle.close();
  }
}

/**
 * @param place null: not even its folder is there
 * @param known what was found there before; what has changed since is read anew, at once
 * @throws CoordError `FILE_CHANGED` - the file has another hash; with null: it is there
 */
export function requireHash(
  asked: string,
  place: Place | null,
  expected: ArtifactHash | null | undefined,
  known: KnownFile | null,
): void {
  if (expected === undefined) return;
  const found = place ? hashIn(place, known) : null;
  if (found === expected) return;
  const is = found === null ? 'it is not there' : `it has the hash ${found}`;
  const wanted = expected === null ? 'to be missing' : `to have the hash ${expected}`;
  throw new CoordError(
    'FILE_CHANGED',
    `“${asked}” was not written: ${is}, and the writer wants it ${wanted}. Read it anew, and do the change again`,
    { path: asked, expected, found },
  );
}

function hashIn(place: Place, known: KnownFile | null): ArtifactHash | null {
  if (!place.there) return null;
  return known && isSame(known.stats, place.there) ? known.hash : hashOf(read(place));
}

/** Whoever writes to a file, or puts another in its place, changes one of these. */
function isSame(a: Stats, b: Stats): boolean {
  return (['dev', 'ino', 'size', 'mtimeMs', 'ctimeMs'] as const).every((field) => a[field] === b[field]);
}
