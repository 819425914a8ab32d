/** Folders that are held open while something is done in them, so that nobody can put a link in their place. */
import type { Stats } from 'node:fs';
import {
  closeSync,
  constants,
  existsSync,
  fsync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from '../durable-file.ts';
import { linkInTheWay, noFolder } from './path-refusals.ts';

export interface HeldFolder {
  /** Names an entry of exactly this folder, wherever its path leads by now. */
  entry(name: string): string;
  /** Where the path can't be trusted by itself: it still leads here. @throws CoordError `PATH_OUTSIDE` */
  confirm(): void;
  /** Makes the names in it durable, at once. */
  sync(): void;
  /** The same without stopping everybody else; it must stay open until then. */
  syncBeside(): Promise<void>;
  close(): void;
}

/**
 * On Linux a folder is a descriptor, and `/proc/self/fd/<n>/<name>` is looked up in that very folder. Elsewhere it is a
 * path, which is compared with where it really leads before and after it is used.
 */
const hasDescriptors = process.platform === 'linux' && existsSync('/proc/self/fd');

const fsyncBeside = promisify(fsync);

/** @param folder a real path */
export function holdRoot(folder: string): HeldFolder {
  return hasDescriptors ? holdDescriptor(folder) : holdPath(folder);
}

/**
 * @param create makes it when it is not there, and calls `onMade` at once
 * @returns null when it is not there
 * @throws CoordError `PATH_OUTSIDE` - it is a link; `NOT_A_FILE` - it is no folder
 * @throws what the system says when it was exchanged just now
 */
export function holdBelow(
  parent: HeldFolder,
  name: string,
  {
    create,
    asked,
    onMade,
  }: { readonly create: boolean; readonly asked: string; readonly onMade?: () => void },
): HeldFolder | null {
  const entry = parent.entry(name);
  const found = statOf(entry);
  if (!found) {
    if (!create) return null;
    mkdirSync(entry);
    onMade?.();
    parent.sync();
  } else if (found.isSymbolicLink()) throw linkInTheWay(asked, name);
  else if (!found.isDirectory()) throw noFolder(asked, name);
  return hasDescriptors ? holdDescriptor(entry) : holdPath(entry);
}

/** What lies under a name itself, not where it leads; null: nothing, or a part of the path is no folder. */
export function statOf(entry: string): Stats | null {
  try {
    return lstatSync(entry, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return null;
    throw error;
  }
}

function holdDescriptor(folder: string): HeldFolder {
  const descriptor = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  return {
    entry: (name) => `/proc/self/fd/${descriptor}/${name}`,
    confirm: () => undefined,
    sync: () => fsyncSync(descriptor),
    syncBeside: () => fsyncBeside(descriptor),
    close: () => closeSync(descriptor),
  };
}

function holdPath(folder: string): HeldFolder {
  return {
    entry: (name) => path.join(folder, name),
    confirm: () => {
      if (realpathSync.native(folder) !== folder) throw linkInTheWay(folder, path.basename(folder));
    },
    sync: () => syncPath(folder),
    syncBeside: () => syncFolder(folder),
    close: () => undefined,
  };
}

/** Windows makes names durable by itself and refuses to be asked. */
function syncPath(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
