/**
 * Which files of the workspace a fresh checkout of it lacks and needs: those that its `.worktreeinclude` names, in the
 * notation of a .gitignore. Only what git ignores there counts, so nothing that comes along ever gets into a change.
 */
import { spawn } from 'node:child_process';
import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { CoordError } from '../core/error.ts';
import { minimalEnvironment } from '../process/minimal-environment.ts';

export const includeFile = '.worktreeinclude';

/** In bytes; more is no list that somebody wrote. */
const longestList = 100_000;
const longestAnswer = 32 * 1024 * 1024;
/** Of one call of git, in ms. */
const patience = 60_000;

/** Whatever the configuration of this person says: nothing of theirs is run. */
const settings = [
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.excludesFile=',
  'core.hooksPath=',
];

/**
 * @param from the workspace, whose list it is
 * @param to where they shall be: what is no longer ignored there stays away
 * @returns paths with `/`; a folder ends with one. None: there is no list
 * @throws CoordError `WORKSPACE_UNUSABLE` - the list can't be read, or git is not there
 */
export async function includedFiles(from: string, to: string, signal: AbortSignal): Promise<string[]> {
  const list = await lstat(join(from, includeFile)).catch(() => null);
  if (list === null) return [];
  if (!list.isFile() || list.size > longestList) {
    throw unusable(from, `it is no plain file of at most ${longestList} bytes`);
  }
  // A repository of its own without anything in it: no index and no configuration of the workspace decides here.
  const gitDir = await mkdtemp(join(tmpdir(), 'agentcoord-include-'));
  const git = (workTree: string, args: readonly string[], input = '') =>
    runGit({ gitDir, workTree, input, signal, from }, args);
  try {
    await git(from, ['init', '--quiet', '--template=']);
    const others = ['ls-files', '-z', '--others', '--ignored', '--directory'];
    const named = await git(from, [...others, `--exclude-from=${join(from, includeFile)}`]);
    const reached = await notBehindLinks(to, named.split('\0').filter(Boolean));
    if (reached.length === 0) return [];
    const input = reached.map((path) => `${path}\0`).join('');
    const ignored = await git(to, ['check-ignore', '-z', '--stdin', '--no-index'], input);
    return ignored.split('\0').filter(Boolean);
  } finally {
    await rm(gitDir, { recursive: true, force: true });
  }
}

/** Where the checkout has a link in place of a folder, git refuses to say anything, and nothing must be written through it. */
async function notBehindLinks(folder: string, paths: readonly string[]): Promise<string[]> {
  const links = new Map<string, boolean>();
  const isLink = async (path: string): Promise<boolean> => {
    const known = links.get(path);
    if (known !== undefined) return known;
    const stats = await lstat(join(folder, path)).catch(() => null);
    const found =
      Boolean(stats?.isSymbolicLink()) || (path.includes('/') && (await isLink(posix.dirname(path))));
    links.set(path, found);
    return found;
  };
  const reached: string[] = [];
  for (const path of paths) if (!(await isLink(path.replace(/\/$/, '')))) reached.push(path);
  return reached;
}

interface Call {
  readonly gitDir: string;
  readonly workTree: string;
  readonly input: string;
  readonly signal: AbortSignal;
  readonly from: string;
}

function runGit({ gitDir, workTree, input, signal, from }: Call, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
      cwd: workTree,
      env: minimalEnvironment({
        HOME: gitDir,
        XDG_CONFIG_HOME: gitDir,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_OPTIONAL_LOCKS: '0',
        LC_ALL: 'C',
        GIT_DIR: gitDir,
        GIT_WORK_TREE: workTree,
      }),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: patience,
      signal,
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > longestAnswer) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, 1_000);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error) => reject(signal.aborted ? error : unusable(from, error.message)));
    // Of `check-ignore`, 1 means that none is.
    child.once('close', (code) => {
      if (code === 0 || (code === 1 && args[0] === 'check-ignore')) resolve(output);
      else reject(unusable(from, errors.trim() || `git ${args[0]} was ended`));
    });
  });
}

function unusable(folder: string, why: string): CoordError {
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `What ${includeFile} of the workspace ${folder} names can’t be brought along: ${why}. Write one pattern a line, as in a .gitignore, or remove the file`,
    { folder },
  );
}
