/** Makes a git tree of the files of a worktree, whatever its agent did to git there. */
import { lstat, rm } from 'node:fs/promises';
import path from 'node:path';
import { leadsOut } from '../../contract/link-target.ts';
import { CoordError } from '../../core/error.ts';
import { git, gitLine, gitList } from './git.ts';
import type { ChangedPath, Repository } from './repository.ts';

/** Of one file, and of all that changed, in bytes: a repository keeps it for ever. */
const maxFileBytes = 100 * 1024 * 1024;
const maxBytes = 500 * 1024 * 1024;
const maxFiles = 20_000;

const submodule = '160000';
const symlink = '120000';
const removed = '000000';

export interface TreeSnapshot {
  readonly tree: string;
  readonly changed: readonly ChangedPath[];
}

/**
 * @param base the tree or commit that it began from
 * @param index a file of the host's own, gone afterwards
 * @throws CoordError `TOO_LARGE`; `PATH_OUTSIDE` - a link leads out of the worktree; `BAD_INPUT` - a repository inside it
 */
export async function snapshotTree(
  repository: Repository,
  workTree: string,
  base: string,
  index: string,
): Promise<TreeSnapshot> {
  const call = { ...repository.call, workTree, index };
  try {
    await git(call, ['read-tree', base]);
    const list = ['ls-files', '-z', '--others', '--modified', '--deleted', '--exclude-standard'];
    const paths = [...new Set(await gitList(call, list))];
    for (const name of paths) if (name.endsWith('/')) throw repositoryInside(name);
    const { there, gone } = await lookAt(workTree, paths);
    const update = (names: readonly string[], ...how: string[]) =>
      git({ ...call, input: names.map((name) => `${name}\0`).join('') }, [
        'update-index',
        ...how,
        '-z',
        '--stdin',
      ]);
    if (gone.length > 0) await update(gone, '--force-remove');
    if (there.length > 0) refuseIgnored((await update(there, '--add', '--replace')).said);
    const tree = await gitLine(call, ['write-tree']);
    const changed = await repository.changed(base, tree);
    for (const entry of changed) await refuseEscape(repository, entry);
    return { tree, changed };
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}

/**
 * Which of the paths are there, and which are not: what lies behind a link that stands where a folder was is another's.
 * @throws CoordError `TOO_LARGE`
 */
async function lookAt(
  workTree: string,
  paths: readonly string[],
): Promise<{ readonly there: readonly string[]; readonly gone: readonly string[] }> {
  const there: string[] = [];
  const gone: string[] = [];
  const links = new Map<string, boolean>();
  const isLink = async (folder: string): Promise<boolean> => {
    if (folder === '.') return false;
    const known = links.get(folder);
    if (known !== undefined) return known;
    const here = await lstat(path.join(workTree, folder)).catch(() => null);
    const found = !here?.isDirectory() || (await isLink(path.posix.dirname(folder)));
    links.set(folder, found);
    return found;
  };
  let bytes = 0;
  for (const name of paths) {
    const found = (await isLink(path.posix.dirname(name)))
      ? null
      : await lstat(path.join(workTree, name)).catch(() => null);
    (found && !found.isDirectory() ? there : gone).push(name);
    bytes += found?.size ?? 0;
    if (bytes > maxBytes || (found?.size ?? 0) > maxFileBytes || paths.length > maxFiles)
      throw tooMuch(name, paths.length, bytes);
  }
  return { there, gone };
}

function tooMuch(name: string, files: number, bytes: number): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `The change was refused: ${files} files with ${bytes} bytes and more, the last seen “${name}”. ` +
      `A change has ${maxFiles} files, ${maxBytes} bytes and ${maxFileBytes} in one file at most; keep the rest out with a .gitignore`,
    { path: name, bytes, files },
  );
}

/** Names that some file system takes for `.git`, and the like: git leaves them out. */
function refuseIgnored(said: string): void {
  const name = /^Ignoring path (.*)$/m.exec(said)?.[1];
  if (name === undefined) return;
  throw new CoordError(
    'PATH_OUTSIDE',
    `The change was refused: git takes no file named “${name}”. Remove it, or give it another name`,
    { path: name },
  );
}

function repositoryInside(name: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `The change was refused: “${name}” is a git repository of its own. Remove its .git, or keep it out with a .gitignore`,
    { path: name },
  );
}

async function refuseEscape(repository: Repository, { path: name, mode, blob }: ChangedPath): Promise<void> {
  if (mode === removed) return;
  if (mode === submodule) throw repositoryInside(name);
  if (mode !== symlink) return;
  const target = (await repository.readBlob(blob)).toString();
  if (!leadsOut(name, target)) return;
  throw new CoordError(
    'PATH_OUTSIDE',
    `The change was refused: the link “${name}” leads to “${target}”, out of the worktree. Let it lead to a file inside`,
    { path: name, target },
  );
}
