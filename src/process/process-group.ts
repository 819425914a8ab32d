/** Ends a process with all that it started, and says whose process a number is. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

/** Signals the group of a process that was spawned `detached`; nothing happens when it is gone. */
export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (isWindows) {
    // Windows has no groups and no polite signal: the tree ends at once.
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Kills the group, again while something in it is faster at starting processes than it is killed. */
export async function killGroup(pid: number): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    signalGroup(pid, 'SIGKILL');
    if (isWindows || !groupIsAlive(pid)) return;
    await delay(10);
  }
}

/** How many processes and threads the machine has; 0 where nobody can tell. Costs one short read. */
export async function tasksOfMachine(): Promise<number> {
  const [, , , tasks = ''] = (await readFile('/proc/loadavg', 'utf8').catch(() => '')).split(' ');
  return Number(tasks.split('/')[1] ?? 0);
}

/** Whether any process of the group is there. */
export function groupIsAlive(pid: number): boolean {
  try {
    process.kill(isWindows ? pid : -pid, 0);
    return true;
  } catch (error) {
    return !isGone(error);
  }
}

/** The command line of a running process; null when there is none of that number. */
export async function commandLineOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const bytes = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return bytes === '' ? null : bytes.replaceAll('\0', ' ').trim();
  }
  const [program, args] = isWindows
    ? [
        'powershell',
        ['-NoProfile', '-Command', `(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`],
      ]
    : ['ps', ['-o', 'command=', '-p', String(pid)]];
  const { stdout } = await run(program as string, args as string[]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? null : stdout.trim();
}

/** The process whose command line ends so; null when there is none. Looks at every process: for what is rare. */
export async function findCommandLine(ending: string): Promise<number | null> {
  for (const pid of await allProcesses()) {
    if (pid !== process.pid && (await commandLineOf(pid))?.endsWith(ending)) return pid;
  }
  return null;
}

/** The processes whose command line has each of the words in it. Looks at every process: for what is rare. */
export async function processesWith(words: readonly string[]): Promise<number[]> {
  const found = await Promise.all(
    (await allProcesses()).map(async (pid) => {
      const line = pid === process.pid ? null : await commandLineOf(pid);
      return line !== null && words.every((word) => `${line} `.includes(` ${word} `)) ? [pid] : [];
    }),
  );
  return found.flat();
}

async function allProcesses(): Promise<number[]> {
  if (process.platform === 'linux') {
    return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  }
  if (isWindows) return [];
  const { stdout } = await run('ps', ['-axo', 'pid=']).catch(() => ({ stdout: '' }));
  return stdout.split('\n').map(Number).filter(Number.isInteger);
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
