/** Runs a program to its end and gives its output, or an error that shows what it printed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface CommandOptions {
  readonly cwd?: string;
  /** Set on top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

const shownOnFailure = 4_000;

/**
 * @returns what the program wrote to standard output
 * @throws Error naming the command, with the tail of both its outputs, when it can't start or exits other than 0
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env }: CommandOptions = {},
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd,
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const tail = `${stdout}\n${stderr}`.trim().slice(-shownOnFailure);
    throw new Error(`\`${[command, ...args].join(' ')}\` failed${tail ? `:\n${tail}` : ''}`, { cause });
  }
}
