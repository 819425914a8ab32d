/** Runs a shell command in a process group of its own that never outlives the run, nor this program. */
import { spawn } from 'node:child_process';
import type { DurationMs } from '../core/units.ts';
import { groupSize, killGroup, signalGroup, tasksOfMachine } from '../process/process-group.ts';

export interface ShellRun {
  readonly command: string;
  readonly folder: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout: DurationMs;
  readonly signal: AbortSignal;
  /** Whole lines of its standard output and error, as they come. */
  readonly onLine: (line: string) => void;
}

export interface ShellEnd {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** Its standard output, up to `maxOutput`. */
  readonly output: string;
  /** The end of its standard error. */
  readonly errors: string;
  /** The end of all that it printed. */
  readonly tail: string;
  /** It was ended because it started more processes than `maxProcesses`. */
  readonly tooMany: boolean;
}

/** What is kept of a command's output, in characters; the rest is read and thrown away. */
const maxOutput = 1_000_000;
const maxErrors = 2_000;
/** What is handed on in lines, in characters: a program that prints without end must not fill the log. */
const maxLogged = 4_000_000;
/** What a command and all that it starts may have at once; a fork bomb has more in a moment. */
const maxProcesses = 1_000;
const betweenCounts = 200;
/** Between asking a command to stop and killing it, in ms. */
const killAfter = 2_000;

/**
 * A watcher in the group waits on a pipe that this program holds: were this program killed, the pipe would break and
 * the watcher would kill the group. The command itself does not get the pipe.
 */
const guarded = '(trap "" TERM; read -r _ <&3; kill -9 0) >/dev/null 2>&1 & exec 3<&-; exec /bin/sh -c "$1"';

/** @throws when the shell can't be started */
export function runShell({
  command,
  folder,
  environment,
  timeout,
  signal,
  onLine,
}: ShellRun): Promise<ShellEnd> {
  const isWindows = process.platform === 'win32';
  const [program, ...args] = isWindows
    ? [environment['ComSpec'] ?? 'cmd.exe', '/d', '/s', '/c', command]
    : ['/bin/sh', '-c', guarded, 'agentcoord', command];
  const child = spawn(program, args, {
    cwd: folder,
    env: environment,
    detached: !isWindows,
    windowsVerbatimArguments: isWindows,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  let tail = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (output.length < maxOutput) output = (output + text).slice(0, maxOutput);
    tail = (tail + text).slice(-maxErrors);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-maxErrors);
    tail = (tail + text).slice(-maxErrors);
  });
  const onLoggedLine = upTo(maxLogged, onLine);
  for (const stream of [child.stdout, child.stderr]) if (stream) forEachLine(stream, onLoggedLine);

  child.stdio[3]?.on('error', () => undefined);

  return new Promise((resolve, reject) => {
    let timedOut = false;
    let tooMany = false;
    let killTimer: NodeJS.Timeout | undefined;
    function end(how: 'SIGTERM' | 'SIGKILL'): void {
      if (child.pid !== undefined) signalGroup(child.pid, how);
    }
    function stop(): void {
      end('SIGTERM');
      killTimer = setTimeout(() => end('SIGKILL'), killAfter);
    }
    const timer = setTimeout(
      () => {
        timedOut = true;
        stop();
      },
      Math.min(timeout, 2 ** 31 - 1),
    );
    const counting = watchSize(child.pid, () => {
      tooMany = true;
      end('SIGKILL');
    });
    function settle(): void {
      clearTimeout(timer);
      clearInterval(counting);
      clearTimeout(killTimer);
      signal.removeEventListener('abort', stop);
    }
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    // What the command left in the background would hold its outputs open.
    child.once('exit', () => child.pid !== undefined && void killGroup(child.pid));
    child.once('close', (code) => {
      settle();
      resolve({ code, timedOut, output, errors, tail, tooMany });
    });
  });
}

/** Each process of the group is only counted when the machine has many more than at the start. */
function watchSize(pid: number | undefined, onTooMany: () => void): NodeJS.Timeout | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  const before = tasksOfMachine();
  return setInterval(async () => {
    if ((await tasksOfMachine()) - (await before) <= maxProcesses) return;
    if ((await groupSize(pid)) > maxProcesses) onTooMany();
  }, betweenCounts);
}

/** Hands lines on until there were too many characters, and says so once. */
function upTo(most: number, onLine: (line: string) => void): (line: string) => void {
  let left = most;
  return (line) => {
    if (left <= 0) return;
    left -= line.length + 1;
    onLine(line);
    if (left <= 0) onLine(`(it printed more than ${most} characters: the rest is left out)`);
  };
}

/** A line longer than `maxLine` is handed on in pieces. */
function forEachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  const maxLine = 4_000;
  let rest = '';
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
    while (rest.length > maxLine) {
      onLine(rest.slice(0, maxLine));
      rest = rest.slice(maxLine);
    }
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
