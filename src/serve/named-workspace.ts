/** The folder that a person names for the files of a company: it must be there, for a slip would make another one. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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

/**
 * @param folder of the workspace; null: none was named
 * @returns the folder, which is the top of a git repository
 * @throws CoordError `WORKSPACE_UNUSABLE` - it isn't
 */
export async function requireRepository(folder: string | null): Promise<string> {
  const isTop = folder !== null && (await stat(join(folder, '.git')).then(Boolean, () => false));
  if (folder !== null && isTop) return folder;
  const what = folder === null ? 'no folder was named' : `${folder} is not the top folder of one`;
  throw new CoordError(
    'WORKSPACE_UNUSABLE',
    `Tasks get worktrees from a git repository, and ${what}. Name one with at least one commit: ` +
      '`serve --workspace FOLDER --workspace-mode worktree`, after `git init`, `git add` and `git commit` there',
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
