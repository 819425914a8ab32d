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

/** It could neither be done nor be undone: its note and its staged files stay, and the next start finishes it. */
export class StuckMerge extends Error {
  override readonly name = 'StuckMerge';
}

/**
 * Every check was made, and each place is held. Nobody else of this host runs before it returns, and then it is durable.
 * @throws what the system says; nothing is changed then
 * @throws StuckMerge - some files are changed and others are not
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
    syncFolders(changes);
  } catch (error) {
    undo(root, changes.slice(0, done), kept, error);
    forget(root, kept);
    throw error;
  }
  forget(root, kept);
}

function forget(root: WorkspaceRoot, kept: readonly (string | null)[]): void {
  forgetMerge(root);
  for (const name of kept) if (name !== null) discard(root, name);
}

/** Each folder once, however many of its files were changed. */
function syncFolders(changes: readonly Change[]): void {
  const folders = new Map(changes.map(({ real, place }) => [real.slice(0, -1).join('/'), place.folder]));
  for (const folder of folders.values()) folder.sync();
}

/** @throws StuckMerge - it can't be; whoever finishes the merge later finds all that it needs */
function undo(
  root: WorkspaceRoot,
  done: readonly Change[],
  kept: readonly (string | null)[],
  cause: unknown,
): void {
  try {
    for (const [at, change] of done.entries()) giveBack(root, change, kept[at] ?? null);
    syncFolders(done);
  } catch (error) {
    throw new StuckMerge('the merge could be neither done nor undone', {
      cause: new AggregateError([cause, error]),
    });
  }
}

/** A second name for what is there, until the merge is done; null: nothing is. */
function keep(root: WorkspaceRoot, { folder, name, there }: Place): string | null {
  if (!there) return null;
  const kept = randomUUID();
  giveSecondName(folder.entry(name), root.staged.entry(kept));
  return kept;
}

function giveSecondName(file: string, second: string): void {
  try {
    linkSync(file, second);
  } catch {
    // A file system without second names.
    copyFileSync(file, second);
  }
}

/** What was put there is staged again first, so that the merge can be finished at every moment of the undoing. */
function giveBack(root: WorkspaceRoot, { place, staged }: Change, kept: string | null): void {
  const { folder, name } = place;
  if (staged) giveSecondName(folder.entry(name), root.staged.entry(staged.name));
  if (kept === null) rmSync(folder.entry(name), { force: true });
  else renameSync(root.staged.entry(kept), folder.entry(name));
}
