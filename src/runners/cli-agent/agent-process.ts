/** The process of a coding agent, in a group of its own that never outlives the run, nor this program. */
import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { CoordError } from '../../core/error.ts';
import { groupSize, killGroup, signalGroup, tasksOfMachine } from '../../process/process-group.ts';

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
const betweenCounts = 500;

/** The watcher kills the group when this program is gone; see run-shell.ts. */
const guarded = '(trap "" TERM; read -r _ <&3; kill -9 0) </dev/null >/dev/null 2>&1 & exec 3<&-; exec "$@"';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** @throws CoordError `RUNNER_FAILED` - there is no such program */
export async function startAgent(
  command: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<AgentProcess> {
  const isWindows = process.platform === 'win32';
  const [program = '', ...args] = isWindows ? command : ['/bin/sh', '-c', guarded, 'agentcoord', ...command];
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    detached: !isWindows,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  }) as unknown as Child;
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(notThere(command, error.message)));
  });
  return watch(child, command);
}

function watch(child: Child, command: readonly string[]): AgentProcess {
  const pid = child.pid as number;
  let errors = '';
  let why: string | null = null;
  let size = 0;
  let killTimer: NodeJS.Timeout | undefined;
  const end = (reason: string | null) => {
    why ??= reason;
    signalGroup(pid, 'SIGTERM');
    killTimer ??= setTimeout(() => void killGroup(pid), reason === null ? killAfter : 0);
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
  const before = tasksOfMachine();
  const counting = setInterval(async () => {
    if ((await tasksOfMachine()) - (await before) <= maxProcesses) return;
    if ((await groupSize(pid)) > maxProcesses) end(`started more than ${maxProcesses} processes`);
  }, betweenCounts);
  const ended = new Promise<{ code: number | null }>((resolve) => {
    child.once('exit', (code) => {
      clearInterval(counting);
      clearTimeout(killTimer);
      // What it started and left behind would go on working for nobody.
      void killGroup(pid).then(() => resolve({ code }));
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
