/** Runs git, and nothing of what a repository would have it run: no hook, filter, file-system monitor or helper. */
import { spawn } from 'node:child_process';
import { CoordError } from '../../core/error.ts';

export interface GitCall {
  /** The folder of the repository itself. */
  readonly gitDir: string;
  /** The files; left out: none are touched. */
  readonly workTree?: string;
  /** Where it runs; left out: in the files, or else in the repository. */
  readonly folder?: string;
  /** Left out: the repository's own. */
  readonly index?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The most that it may print, in bytes. */
  readonly limit?: number;
  /** Exit codes that are an answer, beside 0. */
  readonly also?: readonly number[];
}

export interface GitAnswer {
  readonly code: number;
  readonly output: Buffer;
  /** What it said on its standard error, the beginning of it. */
  readonly said: string;
}

const none = process.platform === 'win32' ? 'NUL' : '/dev/null';
const usualLimit = 64 * 1024 * 1024;
/** Of one call, in ms: a fetch of a large repository takes a while. */
const timeout = 10 * 60_000;

/** Whatever a configuration says, and whoever wrote it. */
const settings: Readonly<Record<string, string>> = {
  'core.hooksPath': none,
  'core.fsmonitor': 'false',
  'core.untrackedCache': 'false',
  'core.attributesFile': none,
  'core.excludesFile': none,
  'core.sshCommand': 'false',
  'core.gitProxy': 'false',
  'core.askPass': 'false',
  'core.editor': 'false',
  'core.pager': 'cat',
  'core.alternateRefsCommand': 'true',
  'core.autocrlf': 'false',
  'core.protectHFS': 'true',
  'core.protectNTFS': 'true',
  'core.quotePath': 'false',
  'commit.gpgSign': 'false',
  'credential.helper': '',
  'fetch.recurseSubmodules': 'false',
  'submodule.recurse': 'false',
  'diff.ignoreSubmodules': 'all',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'protocol.allow': 'never',
  'protocol.ext.allow': 'never',
  'protocol.file.allow': 'always',
};

/** Every setting as git reads it from its environment: it then holds for what git starts, too. */
const settingVariables: Readonly<Record<string, string>> = Object.fromEntries([
  ['GIT_CONFIG_COUNT', String(Object.keys(settings).length)],
  ...Object.entries(settings).flatMap(([key, value], place) => [
    [`GIT_CONFIG_KEY_${place}`, key],
    [`GIT_CONFIG_VALUE_${place}`, value],
  ]),
]);

function environment({ gitDir, workTree, index, env }: GitCall): Record<string, string> {
  const kept = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    // No configuration of this person, nor of this machine: only the repository's, which the settings overrule.
    HOME: gitDir,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: none,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'file',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    ...settingVariables,
    ...env,
    GIT_DIR: gitDir,
    ...(workTree !== undefined && { GIT_WORK_TREE: workTree }),
    ...(index !== undefined && { GIT_INDEX_FILE: index }),
  };
}

/**
 * @throws CoordError `WORKSPACE_UNUSABLE` - git is not there, or refused, with what it said; `TOO_LARGE` - it printed more
 *   than the limit
 */
export function git(call: GitCall, args: readonly string[]): Promise<GitAnswer> {
  const { gitDir, workTree, folder = workTree ?? gitDir, input, limit = usualLimit, also = [] } = call;
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: folder,
      env: environment(call),
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    const output: Buffer[] = [];
    let size = 0;
    let errors = '';
    child.stdout?.on('data', (piece: Buffer) => {
      size += piece.byteLength;
      if (size <= limit) output.push(piece);
      else child.kill('SIGKILL');
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, 4_000);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    child.once('error', (error) => reject(failed(args, error.message)));
    child.once('close', (code, signal) => {
      if (size > limit) reject(tooLarge(limit));
      else if (code !== null && (code === 0 || also.includes(code)))
        resolve({ code, output: Buffer.concat(output), said: errors });
      else reject(failed(args, errors.trim() || `it ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** The one line that a plumbing command prints. */
export async function gitLine(call: GitCall, args: readonly string[]): Promise<string> {
  return (await git(call, args)).output.toString().trim();
}

/** What it prints between NULs. */
export async function gitList(call: GitCall, args: readonly string[]): Promise<string[]> {
  return (await git(call, args)).output.toString().split('\0').filter(Boolean);
}

function failed([command]: readonly string[], why: string): CoordError {
  const words = why.split('\n').slice(-3).join(' / ');
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `git could not do what a worktree needs (git ${command}: ${words}). Check that git 2.38 or newer is installed, and the repository with \`git fsck\``,
    { command },
  );
}

function tooLarge(limit: number): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `The change was refused: written as a patch it is larger than ${limit} bytes. Keep what is built or fetched out of it, with a .gitignore`,
    { limit },
  );
}
