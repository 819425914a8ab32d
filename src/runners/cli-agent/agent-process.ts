/** The process of a coding agent, which ends with all that it started when the run ends, or this program. */
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CoordError } from '../../core/error.ts';
import { familyEnvironment, familyWatcher, ProcessFamily } from '../../process/process-family.ts';
import { signalGroup } from '../../process/process-group.ts';

export interface AgentProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when it is gone, with everything that it started. */
  readonly ended: Promise<{ readonly code: number | null }>;
  /** The end of its standard error. */
  errors(): string;
  /** Why the run ended it, beside a stop that was asked for; null: nothing. */
  whyEnded(): string | null;
  end(why: string | null): void;
}

/** What it may print on its standard output, in bytes, and have of processes. */
const maxOutput = 256 * 1024 * 1024;
const maxProcesses = 1_000;
const maxErrors = 4_000;
const killAfter = 2_000;

const guarded = `${familyWatcher}exec 3<&-; exec "$@"`;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** @throws CoordError `RUNNER_FAILED` - there is no such program */
export async function startAgent(
  command: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<AgentProcess> {
  const isWindows = process.platform === 'win32';
  const [program = '', ...args] = isWindows ? command : ['/bin/sh', '-c', guarded, 'agentcoord', ...command];
  const marked = familyEnvironment(environment);
  const child = spawn(program, args, {
    cwd: folder,
    env: marked,
    detached: !isWindows,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  }) as unknown as Child;
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(notThere(command, error.message)));
  });
  return watch(child, command, new ProcessFamily(child.pid as number, marked));
}

function watch(child: Child, command: readonly string[], family: ProcessFamily): AgentProcess {
  const pid = child.pid as number;
  let errors = '';
  let why: string | null = null;
  let size = 0;
  let killTimer: NodeJS.Timeout | undefined;
  const end = (reason: string | null) => {
    why ??= reason;
    signalGroup(pid, 'SIGTERM');
    killTimer ??= setTimeout(() => void family.kill(), reason === null ? killAfter : 0);
  };
  child.stdin.on('error', () => undefined);
  (child.stdio as readonly unknown[] as readonly Readable[])[3]?.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-maxErrors);
  });
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.byteLength;
    if (size > maxOutput) end(`printed more than ${maxOutput / 1024 / 1024} MB`);
  });
  const stopWatching = family.watch(maxProcesses, () => end(`started more than ${maxProcesses} processes`));
  const ended = new Promise<{ code: number | null }>((resolve) => {
    child.once('exit', (code) => {
      stopWatching();
      clearTimeout(killTimer);
      // What it started and left behind would go on working for nobody.
      void family.kill().then(() => resolve({ code }));
    });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended: ended.then(({ code }) => {
      if (code === 127) why ??= `is not there: ${command[0]}`;
      return { code };
    }),
    errors: () => errors.trim(),
    whyEnded: () => why,
    end,
  };
}

function notThere([program]: readonly string[], why: string): CoordError {
  return new CoordError(
    'RUNNER_FAILED',
    `The coding agent ${program} could not be started (${why}). Install it, or name another command; \`agentcoord agents\` says which are there`,
  );
}
