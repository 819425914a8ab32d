/** The folder that a person names for the files of a company: it must be there, for a slip would make another one. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CoordError } from '../core/error.ts';

/**
 * @returns its absolute path
 * @throws CoordError `WORKSPACE_UNUSABLE` - it is not there, is no folder, or can't be read and written
 */
export async function namedWorkspace(named: string): Promise<string> {
  const folder = resolve(named);
  const why = await whyNot(folder);
  if (why === null) return folder;
  throw new CoordError(
    'WORKSPACE_UNUSABLE',
    `The workspace ${folder} can't be used: ${why}. Make the folder first, or name another one`,
    { folder },
  );
}

async function whyNot(folder: string): Promise<string | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return 'it is no folder';
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'it is not there' : message;
  }
}
