/** Makes sure that a data directory is a folder that we can write in, for its owner's eyes only. */
import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { CoordError } from '../../core/error.ts';

/**
 * Makes the folder where it is missing.
 * @throws CoordError `DATA_DIR_UNUSABLE` - what is in the way, and what to do
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (!(await stat(dataDir)).isDirectory()) throw unusable(dataDir, 'it is not a folder');
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dataDir, reasonOf(error), error);
  }
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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch ('code' in error ? error.code : null) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in its place';
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
