/** Runs a shell command whose processes end with the run, and with this program, also those that left its process group. */
import { spawn } from 'node:child_process';
import type { DurationMs } from '../core/units.ts';
import { familyEnvironment, familyWatcher, ProcessFamily } from '../process/process-family.ts';
import { signalGroup } from '../process/process-group.ts';

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
/** Between asking a command to stop and killing it, in ms. */
const killAfter = 2_000;
/** For what it printed to arrive when all that was found of it is killed, in ms: what was not found may hold its outputs. */
const closeWithin = 5_000;

/** The command itself does not get the pipe of the watcher. */
const guarded = `${familyWatcher}exec 3<&-; exec /bin/sh -c "$1"`;

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
  const marked = familyEnvironment(environment);
  const child = spawn(program, args, {
    cwd: folder,
    env: marked,
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
  const family = child.pid === undefined ? null : new ProcessFamily(child.pid, marked);

  return new Promise((resolve, reject) => {
    let timedOut = false;
    let tooMany = false;
    let killTimer: NodeJS.Timeout | undefined;
    let closeTimer: NodeJS.Timeout | undefined;
    let killed: Promise<void> | undefined;
    function stop(): void {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
      killTimer = setTimeout(() => void family?.kill(), killAfter);
    }
    const timer = setTimeout(
      () => {
        timedOut = true;
        stop();
      },
      Math.min(timeout, 2 ** 31 - 1),
    );
    const stopWatching = family?.watch(maxProcesses, () => {
      tooMany = true;
      void family.kill();
    });
    function settle(): void {
      clearTimeout(timer);
      stopWatching?.();
      clearTimeout(closeTimer);
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
    child.once('exit', () => {
      killed = family?.kill();
      closeTimer = setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      }, closeWithin);
    });
    child.once('close', async (code) => {
      settle();
      await killed;
      resolve({ code, timedOut, output, errors, tail, tooMany });
    });
  });
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
