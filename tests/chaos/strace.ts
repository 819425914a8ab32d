/** Runs a program under strace, which notes each of its calls to the system that touches some files, or kills it at one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureDebianPackages } from '../../build/debian.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface SystemCall {
  /** `fsync` */
  readonly name: string;
  /** What it touches. */
  readonly file: string;
}

export interface Traced {
  /** Whether it was killed; else it came to its end. */
  readonly killed: boolean;
  readonly stdout: string;
  /** In order. At a kill the last one was not done any more. */
  readonly calls: readonly SystemCall[];
}

export interface TraceOptions {
  /** Only calls that touch one of these, by name or by an open descriptor. */
  readonly files: readonly string[];
  readonly names: readonly string[];
  /** Kills the program before it does the first, second … of these calls; each thread counts for itself. */
  readonly killAt?: number;
}

/** @throws Error when this machine has no strace, or lets nobody trace a process, with what to do */
export async function requireStrace(): Promise<void> {
  await ensureDebianPackages(['strace']);
  const refused = await run('strace', ['-f', '-e', 'trace=none', '-o', '/dev/null', 'true']).then(
    ({ code, stderr }) => (code === 0 ? null : stderr.trim()),
    (error: Error) => error.message,
  );
  if (refused === null) return;
  throw new Error(
    `strace can’t trace a process here, so nothing can be killed at a write: ${refused}. This test needs Linux, the ` +
      'program strace, and the right to ptrace: in a container, --cap-add=SYS_PTRACE',
  );
}

/** @throws Error when the program failed by itself, with what it said */
export async function runTraced(
  program: string,
  args: readonly string[],
  { files, names, killAt }: TraceOptions,
): Promise<Traced> {
  const trace = path.join(await temporaryFolder(), 'trace');
  const { code, signal, stdout, stderr } = await run('strace', [
    ...['-f', '-y', '-s', '0', '-o', trace, '-e', `trace=${names.join()}`],
    ...files.flatMap((file) => ['-P', file]),
    ...(killAt === undefined ? [] : ['-e', `inject=${names.join()}:signal=SIGKILL:when=${killAt}`]),
    ...['--', process.execPath, program, ...args],
  ]);
  // strace ends as its program did.
  const killed = signal === 'SIGKILL';
  if (!killed && code !== 0)
    throw new Error(`${path.basename(program)} ended with ${code ?? signal}: ${stderr}`);
  return { killed, stdout, calls: callsIn(await readFile(trace, 'utf8')) };
}

/** Lines such as `123 fsync(22</tmp/log>) = 0` and `123 unlink("/tmp/log") = 0`. */
function callsIn(trace: string): SystemCall[] {
  return [...trace.matchAll(/^\d+ +(\w+)\((?:\d+<([^>]+)>|"([^"]+)")/gm)].map(
    ([, name = '', open, named]) => ({ name, file: open ?? named ?? '' }),
  );
}

async function run(command: string, args: readonly string[]) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Calls are counted by thread: whatever is done beside the main one is done by the same.
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
