/** Whether somebody has logged in to a coding agent: by its own word where it gives one, else by the file that it leaves. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { agentFolders } from '../../process/agent-folders.ts';
import { minimalEnvironment } from '../../process/minimal-environment.ts';

export interface LoginSigns {
  /** Asks the agent itself; an older one would take the words for something else, or for a task. */
  readonly status?: {
    readonly args: readonly string[];
    readonly since: readonly [major: number, minor: number, patch: number];
    /** Null: that was no answer. */
    readonly read: (code: number, output: string) => boolean | null;
  };
  /** One that is there when somebody has logged in; null: nobody can tell by a file. */
  readonly file: {
    /** Names the folder when it is set. */
    readonly variable: string;
    /** From the home folder on, when it is not. */
    readonly folder: string;
    readonly name: string;
  } | null;
}

const answerWithin = 10_000;

/** @param version null: it does not say. @returns null when nobody can tell from outside */
export async function isLoggedIn(
  program: string,
  version: string | null,
  { status, file }: LoginSigns,
): Promise<boolean | null> {
  if (status && isFrom(version, status.since)) {
    const { code, output } = await runAgent(program, status.args);
    const said = code === null ? null : status.read(code, output);
    if (said !== null) return said;
  }
  if (file === null) return null;
  const { [file.variable]: moved } = agentFolders();
  return existsSync(path.join(moved ?? path.join(homedir(), file.folder), file.name));
}

/** What it prints and how it ends; a code of null: it did not within 10 s, or could not be started. */
export function runAgent(
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const env = minimalEnvironment(agentFolders());
    const options = { timeout: answerWithin, killSignal: 'SIGKILL', env } as const;
    const child = execFile(program, [...args], options, (_error, output) => {
      resolve({ code: child.exitCode, output: String(output) });
    });
    // Whoever reads there finds an end, and waits for nobody.
    child.stdin?.on('error', () => undefined).end();
  });
}

function isFrom(version: string | null, since: readonly number[]): boolean {
  const parts = (version ?? '').split(/[.+-]/).map(Number);
  for (const [at, least] of since.entries()) {
    const part = parts[at] ?? Number.NaN;
    if (part !== least) return part > least;
  }
  return true;
}
