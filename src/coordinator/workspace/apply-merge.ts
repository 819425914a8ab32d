/** Changes several files in one synchronous turn: all of them, or none. */

import { randomUUID } from 'node:crypto';
import { copyFileSync, linkSync, renameSync, rmSync } from 'node:fs';
import type { ArtifactHash } from '../../core/ids.ts';
import { forgetMerge, noteMerge } from './merge-journal.ts';
import type { Place } from './place.ts';
import { put, remove } from './place.ts';
import type { WorkspaceRoot } from './workspace-root.ts';
import { discard } from './workspace-root.ts';

export interface Change {
  readonly place: Place;
  readonly real: readonly string[];
  /** Null: it is removed. */
  readonly staged: { readonly name: string; readonly hash: ArtifactHash } | null;
}

/**
 * Every check was made, and each place is held. Nobody else of this host runs before it returns, and then it is durable.
 * @throws what the system says; nothing is changed then
 */
export function applyMerge(root: WorkspaceRoot, changes: readonly Change[]): void {
  const kept = changes.map(({ place }) => keep(root, place));
  noteMerge(
    root,
    changes.map(({ real, staged }) => ({ real: [...real], staged })),
  );
  let done = 0;
  try {
    for (const { place, staged } of changes) {
      if (staged) put(place, root.staged.entry(staged.name));
      else remove(place);
      done += 1;
    }
    for (const { place } of changes) place.folder.sync();
  } catch (error) {
    for (const [at, { place }] of changes.entries()) if (at < done) giveBack(root, place, kept[at] ?? null);
    throw error;
  } finally {
    forgetMerge(root);
    for (const name of kept) if (name !== null) discard(root, name);
  }
}

/** A second name for what is there, until the merge is done; null: nothing is. */
function keep(root: WorkspaceRoot, { folder, name, there }: Place): string | null {
  if (!there) return null;
  const kept = randomUUID();
  try {
    linkSync(folder.entry(name), root.staged.entry(kept));
  } catch {
    // A file system without second names.
    copyFileSync(folder.entry(name), root.staged.entry(kept));
  }
  return kept;
}

function giveBack(root: WorkspaceRoot, { folder, name }: Place, kept: string | null): void {
  if (kept === null) rmSync(folder.entry(name), { force: true });
  else renameSync(root.staged.entry(kept), folder.entry(name));
}
