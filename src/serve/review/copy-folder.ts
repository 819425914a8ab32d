/** Copies the texts of a folder, so that a review leaves it as it is. */
import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { CoordError } from '../../core/error.ts';
import { minimalEnvironment } from '../../process/minimal-environment.ts';

const run = promisify(execFile);
/** Of the list of what git ignores, in bytes. */
const mostListed = 64 * 1024 * 1024;

/** Never source. */
const always = new Set(['.git', '.agentcoord', 'node_modules']);
/** What is usually made by a program; where git knows what the people ignore, that counts instead. */
const usuallyMade = new Set([
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

export interface CopiedFolder {
  readonly files: number;
  /** Folders, with a slash behind, and files: made by a program, ignored by git, or too large. */
  readonly leftOut: readonly string[];
}

/**
 * Links are not followed.
 * @throws CoordError `NOT_FOUND` - there is no such folder; `TOO_LARGE`
 */
export async function copyFolder(from: string, to: string): Promise<CopiedFolder> {
  const stats = await lstat(from).catch(() => null);
  if (!stats?.isDirectory()) {
    throw new CoordError('NOT_FOUND', `There is no folder ${from} to review: name one that is there`, {
      path: from,
    });
  }
  const ignored = await ignoredByGit(from);
  const isLeftOut = (name: string, place: string) =>
    always.has(name) || (ignored ? ignored.has(`${place}/`) : usuallyMade.has(name));
  let files = 0;
  const leftOut: string[] = [];
  const ahead = [''];
  for (let below = ahead.pop(); below !== undefined; below = ahead.pop()) {
    for (const entry of await readdir(join(from, below), { withFileTypes: true })) {
      const place = posix.join(below, entry.name);
      if (entry.isDirectory()) {
        if (isLeftOut(entry.name, place)) leftOut.push(`${place}/`);
        else ahead.push(place);
      }
      if (!entry.isFile()) continue;
      if (ignored?.has(place) || (await lstat(join(from, place))).size > mostBytes) {
        leftOut.push(place);
        continue;
      }
      files += 1;
      if (files > mostFiles) {
        throw new CoordError('TOO_LARGE', `${from} has more than ${mostFiles} files: review a part of it`, {
          path: from,
        });
      }
      await mkdir(dirname(join(to, place)), { recursive: true });
      await cp(join(from, place), join(to, place));
    }
  }
  return { files, leftOut: leftOut.filter((place) => place !== '.git/').sort() };
}

/** Nothing that the folder's own configuration names is run. */
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'safe.directory=*'];

/** Folders, with a slash behind, and files. Null: it is no git repository, or there is no git. */
async function ignoredByGit(folder: string): Promise<ReadonlySet<string> | null> {
  const list = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory'];
  const env = minimalEnvironment({ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' });
  const listed = await run('git', [...safely, ...list], { cwd: folder, env, maxBuffer: mostListed }).catch(
    () => null,
  );
  return listed && new Set(listed.stdout.split('\0').filter((place) => place !== ''));
}
