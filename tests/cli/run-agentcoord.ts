/** Runs the built command line as a person would: a process of its own, its streams and its exit code. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const program = join(import.meta.dirname, '..', '..', 'bin', 'agentcoord.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
}

/** Starts it and leaves it running: the caller ends it. */
export function startAgentcoord(
  args: readonly string[],
  { env = {}, stdin, cwd }: RunOptions = {},
): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  child.stdin?.end(stdin);
  return child;
}

export async function runAgentcoord(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = startAgentcoord(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A command line bound to one data directory, which is removed with it. */
export interface Sandbox {
  readonly dataDir: string;
  run(...args: readonly string[]): Promise<Run>;
  /** With `--json`: the document, once the command is done. @throws when it is not */
  json(...args: readonly string[]): Promise<Json>;
  remove(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: what a program printed has no type until a test looks at it
export type Json = any;

/** @param env what every command finds in its environment */
export async function openSandbox(env: RunOptions['env'] = {}): Promise<Sandbox> {
  const dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-cli-'));
  const run = (...args: readonly string[]) => runAgentcoord(['--data-dir', dataDir, ...args], { env });
  return {
    dataDir,
    run,
    json: async (...args) => {
      const { code, stdout, stderr } = await run(...args, '--json');
      if (code !== 0) throw new Error(`agentcoord ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }),
  };
}
