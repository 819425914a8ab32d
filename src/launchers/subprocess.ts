/** Starts workers as processes of this machine, each with a process group, a log file and an environment of its own. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';
import type { LaunchedProcess, Launcher, LaunchRequest, ProcessEnd } from '../contract/launcher.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import { agentFolders } from '../process/agent-folders.ts';
import { measureGroup } from '../process/measure-group.ts';
import { minimalEnvironment } from '../process/minimal-environment.ts';
import { commandLineOf, findCommandLine, groupIsAlive, signalGroup } from '../process/process-group.ts';
import { removeRunFolders } from '../process/run-folders.ts';
import { RotatingFile } from './rotating-file.ts';

export interface SubprocessOptions {
  /** The program and its first arguments, such as `[process.execPath, 'out/main/worker.js']`; the worker's id follows. */
  readonly command: readonly [string, ...string[]];
  /** What the program itself needs, such as `ELECTRON_RUN_AS_NODE=1`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** When a log file is full, in bytes. */
  readonly logLimit?: number;
}

export function createSubprocessLauncher({
  command,
  environment = {},
  logLimit = 8 * 1024 * 1024,
}: SubprocessOptions): Launcher {
  async function launch(request: LaunchRequest): Promise<LaunchedProcess> {
    const [program, ...args] = command;
    const log = await RotatingFile.open(request.logFile, logLimit);
    const child = spawn(program, [...args, request.workerId], {
      // The leader of its own group: what it starts is stopped with it, and a Ctrl-C at the host is not meant for it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      env: minimalEnvironment({ ...agentFolders(), ...environment, ...request.environment }),
    });
    const ended = endOf(child, log, request.workerId);
    await started(child, program);
    giveWay(child.pid);
    // Its environment can be read by every process of the same user; its standard input can't.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${request.token}\n${request.handover}\n`);
    const { pid } = child;
    return {
      pid: pid ?? null,
      ended,
      stop: (graceMs) => stop(child, ended, graceMs),
      measure: async () => (pid === undefined ? null : measureGroup(pid)),
    };
  }

  return {
    name: 'subprocess',
    startsAtOnce: availableParallelism(),
    launch,
    killLeftover: async (workerId, pid) => {
      // The last argument is the worker's id, which no other process has.
      const mark = ` ${workerId}`;
      const left = pid === null ? await findCommandLine(mark) : await ofMark(pid, mark);
      if (left !== null) signalGroup(left, 'SIGKILL');
      await removeRunFolders(workerId);
      return left !== null;
    },
  };
}

async function ofMark(pid: number, mark: string): Promise<number | null> {
  return (await commandLineOf(pid))?.endsWith(mark) ? pid : null;
}

function started(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(
        new CoordError(
          'LAUNCH_FAILED',
          `The worker's process could not be started: ${program}: ${cause.message}`,
          { program },
          { cause },
        ),
      ),
    );
  });
}

/** What a worker starts gives way with it: neither the host nor the person at this machine waits for a build. */
function giveWay(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already.
  }
}

function endOf(child: ChildProcess, log: RotatingFile, workerId: WorkerId): Promise<ProcessEnd> {
  const exited = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ clean: false, reason: error.message }));
    child.once('exit', (code, signal) => resolve(reasonOf(code, signal)));
  });
  const outputs = Promise.all([child.stdout, child.stderr].map((output) => copy(output, log)));
  return exited.then(async (end) => {
    // What it started and left behind would hold the outputs open, and go on working for nobody.
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    await outputs;
    await log.close();
    await removeRunFolders(workerId);
    return end;
  });
}

async function copy(output: AsyncIterable<Buffer> | null, log: RotatingFile): Promise<void> {
  if (!output) return;
  try {
    for await (const chunk of output) await log.write(chunk);
  } catch {
    // The pipe broke with its process, whose end is told elsewhere.
  }
}

function reasonOf(code: number | null, signal: NodeJS.Signals | null): ProcessEnd {
  if (signal !== null) return { clean: false, reason: `killed by ${signal}` };
  return { clean: code === 0, reason: `exit code ${code}` };
}

async function stop(child: ChildProcess, ended: Promise<ProcessEnd>, graceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined || !groupIsAlive(pid)) return;
  // Only the worker is asked: it ends its own children when it drains.
  child.kill('SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
