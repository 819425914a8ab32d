/** Makes sure that a data directory is a folder that we can write in, for its owner's eyes only. */
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CoordError } from '../../core/error.ts';

/**
 * Makes the folder where it is missing.
 * @throws CoordError `DATA_DIR_UNUSABLE` - what is in the way, and what to do
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await makeFolder(path.resolve(dataDir));
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotWrite(dataDir, error);
  }
}

/**
 * Level by level: Node's own recursive mkdir never comes to an end where the parent is there and takes no folders,
 * as in /proc.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (await isFolder(folder)) return;
    const parent = path.dirname(folder);
    const isParentMissing = codeOf(error) === 'ENOENT' && !(await isFolder(parent));
    if (!isParentMissing || parent === folder) throw error;
    await makeFolder(parent);
    await makeFolder(folder);
  }
}

async function isFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() ?? false;
}

export function unusable(dataDir: string, reason: string, cause?: unknown): CoordError {
  return new CoordError(
    'DATA_DIR_UNUSABLE',
    `The data directory ${dataDir} can’t be used: ${reason}. ` +
      'Mend that, or name another one with --data-dir or AGENTCOORD_DATA_DIR',
    { dataDir },
    { cause },
  );
}

/** For a failure of the system to make or write something in it. */
export function cannotWrite(dataDir: string, error: unknown): CoordError {
  return unusable(dataDir, reasonOf(error), error);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch (codeOf(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in its place';
    case 'ENOENT':
      return 'no folder can be made there';
    case 'EACCES':
    case 'EPERM':
      return 'you have no right to write there';
    case 'EROFS':
      return 'its disk is read-only';
    case 'ENOSPC':
      return 'its disk is full';
    default:
      return error.message;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
