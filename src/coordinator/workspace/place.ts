/** One name in one folder of the workspace that is held open: where a file is read, replaced or removed. */
import type { Stats } from 'node:fs';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { maxWorkspaceBytes } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { HeldFolder } from './held-folder.ts';
import { holdBelow, statOf } from './held-folder.ts';
import { linkInTheWay, noPlainFile } from './path-refusals.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

export interface Place {
  /** As its caller wrote it, for refusals. */
  readonly asked: string;
  readonly folder: HeldFolder;
  readonly name: string;
  /** Null: there is nothing. */
  readonly there: Stats | null;
  close(): void;
  /** Closes it, and takes away the folders that were made for it and are empty. */
  abandon(): void;
}

/**
 * Walks to the folder of a real path and holds it.
 * @param create makes the folders that are missing
 * @returns null when one of them is
 * @throws CoordError `PATH_OUTSIDE` - there is a link by now; `NOT_A_FILE` - no plain file is there, or no folder on the way
 */
export function openPlace(
  root: WorkspaceRoot,
  asked: string,
  real: readonly string[],
  { create }: { readonly create: boolean },
): Place | null {
  const held: HeldFolder[] = [];
  const made: MadeFolder[] = [];
  const close = () => {
    for (const folder of held.splice(0)) folder.close();
  };
  const abandon = () => {
    for (const folder of made.splice(0).reverse()) removeMade(folder);
    close();
  };
  try {
    let folder = root.folder;
    for (const name of real.slice(0, -1)) {
      const entry = folder.entry(name);
      const below = holdBelow(folder, name, {
        create,
        asked,
        onMade: () => made.push({ entry, is: statOf(entry) }),
      });
      if (!below) {
        close();
        return null;
      }
      held.push(below);
      folder = below;
    }
    const name = real.at(-1) ?? '';
    const there = statOf(folder.entry(name));
    if (there?.isSymbolicLink()) throw linkInTheWay(asked, name);
    if (there && !there.isFile()) throw noPlainFile(asked);
    folder.confirm();
    if (create) refuseOtherDisk(root, asked, folder);
    return { asked, folder, name, there, close, abandon };
  } catch (error) {
    abandon();
    throw error;
  }
}

interface MadeFolder {
  readonly entry: string;
  /** By it the folder is told from one that somebody else puts in its place. */
  readonly is: Stats | null;
}

function removeMade({ entry, is }: MadeFolder): void {
  try {
    const now = statOf(entry);
    if (now && is && now.ino === is.ino && now.dev === is.dev) rmdirSync(entry);
  } catch {
    // Somebody has put something there meanwhile, or taken it away.
  }
}

/** A file is put in place whole only within one file system. */
function refuseOtherDisk({ staged }: WorkspaceRoot, asked: string, folder: HeldFolder): void {
  if (statSync(folder.entry('.')).dev === statSync(staged.entry('.')).dev) return;
  throw new CoordError(
    'WORKSPACE_UNUSABLE',
    `“${asked}” was not written: its folder is on another disk than the workspace. Use that folder as a workspace of its own`,
    { path: asked },
  );
}

/** Puts a staged file there, with the mode of the one that it replaces. Readers see the old one or the new one. */
export function put({ folder, name, there }: Place, staged: string): void {
  if (there) chmodSync(staged, there.mode & 0o777);
  renameSync(staged, folder.entry(name));
  folder.confirm();
}

export function remove({ folder, name, there }: Place): void {
  if (there) unlinkSync(folder.entry(name));
}

/** Never what a link leads to; a pipe is not waited for. */
export const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of the file itself.
 * @throws CoordError `NOT_A_FILE`, `PATH_OUTSIDE` - it was exchanged; `TOO_LARGE`
 */
export function read({ asked, folder, name }: Place): Buffer {
  const descriptor = openSync(folder.entry(name), readFlags);
  try {
    refuseUnreadable(asked, fstatSync(descriptor));
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The same on another thread, so that a large file holds up nobody. */
export async function readBeside({ asked, folder, name }: Place): Promise<Buffer<ArrayBuffer>> {
  const handle = await open(folder.entry(name), readFlags);
  try {
    folder.confirm();
    refuseUnreadable(asked, await handle.stat());
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function refuseUnreadable(asked: string, found: Stats): void {
  if (!found.isFile()) throw noPlainFile(asked);
  const { size } = found;
  if (size <= maxWorkspaceBytes) return;
  throw new CoordError(
    'TOO_LARGE',
    `“${asked}” was not read: it has ${size} bytes, and ${maxWorkspaceBytes} fit into an answer`,
    { path: asked, bytes: size, limit: maxWorkspaceBytes },
  );
}
