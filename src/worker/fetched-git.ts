/** What git does for files that were fetched: a history to compare with, and which new files are to be left out. Both only if there is a git. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { minimalEnvironment } from '../process/minimal-environment.ts';

/** Nothing of this machine's configuration, and no program that a repository names. */
const environment = () =>
  minimalEnvironment({ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' });
const safe = ['-c', 'core.fsmonitor=', '-c', 'core.hooksPath=/dev/null', '-c', 'core.excludesFile='];
const author = ['-c', 'user.name=AgentCoord', '-c', 'user.email=agentcoord@agentcoord.invalid'];

export async function beginHistory(folder: string): Promise<void> {
  const begun = await git(['init', '--quiet'], folder);
  if (begun === null) return;
  await git(['add', '--all'], folder);
  await git([...author, 'commit', '--quiet', '--no-verify', '--message', 'As it was fetched'], folder);
}

/**
 * Those that a `.gitignore` of the folder leaves out; without a git none.
 * @param scratch where nobody works: whatever was done to the repository in the folder counts for nothing
 */
export async function ignoredOf(
  paths: readonly string[],
  folder: string,
  scratch: string,
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const gitDir = join(scratch, 'ignored.git');
  if ((await git(['init', '--quiet', '--bare', gitDir], scratch)) === null) return new Set();
  const asked = ['--git-dir', gitDir, '--work-tree', folder, 'check-ignore', '-z', '--no-index', '--stdin'];
  const said = await git(asked, folder, `${paths.join('\0')}\0`);
  return new Set((said ?? '').split('\0').filter((path) => path !== ''));
}

/** Null: there is no git here, or it said no. */
function git(args: readonly string[], folder: string, input = ''): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: environment(), maxBuffer: 64 * 1024 * 1024 };
    const child = execFile('git', [...safe, ...args], options, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
