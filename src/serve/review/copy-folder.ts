/** Copies the texts of a folder, so that a review leaves it as it is. */
import { cp, lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CoordError } from '../../core/error.ts';

const leftOut = new Set([
  '.git',
  '.agentcoord',
  'node_modules',
  'dist',
  'build',
  'out',
  'coverage',
  'target',
  'vendor',
  '.next',
  '.venv',
  '__pycache__',
]);
/** What nobody wrote by hand is larger. */
const mostBytes = 1_000_000;
const mostFiles = 10_000;

/**
 * Links are not followed.
 * @returns how many files were copied
 * @throws CoordError `NOT_FOUND` - there is no such folder; `TOO_LARGE`
 */
export async function copyFolder(from: string, to: string): Promise<number> {
  const stats = await lstat(from).catch(() => null);
  if (!stats?.isDirectory()) {
    throw new CoordError('NOT_FOUND', `There is no folder ${from} to review: name one that is there`, {
      path: from,
    });
  }
  let copied = 0;
  const ahead = [''];
  for (let below = ahead.pop(); below !== undefined; below = ahead.pop()) {
    for (const entry of await readdir(join(from, below), { withFileTypes: true })) {
      const place = join(below, entry.name);
      if (entry.isDirectory() && !leftOut.has(entry.name)) ahead.push(place);
      if (!entry.isFile() || (await lstat(join(from, place))).size > mostBytes) continue;
      copied += 1;
      if (copied > mostFiles) {
        throw new CoordError('TOO_LARGE', `${from} has more than ${mostFiles} files: review a part of it`, {
          path: from,
        });
      }
      await mkdir(dirname(join(to, place)), { recursive: true });
      await cp(join(from, place), join(to, place));
    }
  }
  return copied;
}
