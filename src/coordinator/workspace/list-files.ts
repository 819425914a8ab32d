/** Finds the files of a workspace for whoever wants to look around in it. */
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { ListedFile } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import { foldName } from '../../core/lock/fold-name.ts';
import { ownFolder } from './workspace-path.ts';

/** What nobody reads or writes through the workspace, and what package managers fill with files of others. */
const leftOut = new Set([ownFolder, '.git', 'node_modules']);
/** More than that, and nobody would read the list. */
const mostFiles = 20_000;

/**
 * Links are not followed: whoever names one is led where it leads, or refused.
 * @param root a real path
 * @param names of a folder below it that was found to be inside
 * @throws CoordError `TOO_LARGE` - more files than anybody would read
 */
export async function listFiles(root: string, names: readonly string[]): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  const ahead = [names.join('/')];
  for (let below = ahead.pop(); below !== undefined; below = ahead.pop()) {
    const folder = path.join(root, below);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    // Something was put in its place just now.
    if ((await realpath(folder).catch(() => null)) !== folder) continue;
    for (const entry of entries) {
      if (leftOut.has(foldName(entry.name))) continue;
      const place = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) ahead.push(place);
      else if (entry.isFile()) files.push(...(await listed(root, place)));
      if (files.length > mostFiles) throw tooMany(below);
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function listed(root: string, place: string): Promise<ListedFile[]> {
  const stats = await lstat(path.join(root, place)).catch(() => null);
  if (!stats?.isFile()) return [];
  const isExecutable = (stats.mode & 0o100) !== 0 ? { isExecutable: true as const } : {};
  const mark = `${stats.ino}-${stats.size}-${stats.mtimeMs}`;
  return [{ path: place, bytes: stats.size, mark, ...isExecutable }];
}

function tooMany(folder: string): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `There are more than ${mostFiles} files in the workspace; list a folder of it`,
    { folder },
  );
}
