/** Programs that act for members of a real company over its socket, started and ended by a chaos test. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { RealCompany } from '../real-company.ts';

export interface MemberProcess {
  readonly child: ChildProcess;
  /** Each line that it printed so far. */
  readonly lines: readonly string[];
  /** Tells of each line, those before included. */
  onLine(listener: (line: string) => void): void;
  send(line: string): void;
  /** Asks it to finish what it does, and waits until it has ended. @throws when it ended badly */
  finish(): Promise<void>;
}

/** @param settings what the program reads from its first argument, beside the socket and the token */
export async function startMember(
  { company, sessions, socket, member }: RealCompany,
  name: string,
  program: string,
  settings: object,
): Promise<MemberProcess> {
  const { id } = await member(name);
  const token = sessions.issue({ companyId: company.id, memberId: id });
  return startProgram(program, { ...settings, socket, token });
}

/** Resolves when the program has said its first line: it is connected. */
export async function startProgram(program: string, settings: object): Promise<MemberProcess> {
  const file = path.join(import.meta.dirname, program);
  const child = spawn(process.execPath, [file, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    // Also one that is stopped: SIGKILL ends it all the same.
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
  });
  const lines: string[] = [];
  const listeners: ((line: string) => void)[] = [(line) => lines.push(line)];
  createInterface({ input: child.stdout }).on('line', (line) => {
    for (const listener of listeners) listener(line);
  });
  await Promise.race([
    new Promise<void>((resolve) => listeners.push(() => resolve())),
    ended.then(() => Promise.reject(new Error(`${program} ended before it was connected`))),
  ]);
  return {
    child,
    lines,
    onLine: (listener) => {
      for (const line of lines) listener(line);
      listeners.push(listener);
    },
    send: (line) => child.stdin.write(`${line}\n`),
    finish: async () => {
      child.stdin.end();
      await ended;
      if (child.exitCode !== 0)
        throw new Error(`${program} ended with ${child.exitCode ?? child.signalCode}`);
    },
  };
}
