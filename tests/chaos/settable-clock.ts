/** A wall clock for child processes that a test sets while they run: theirs alone, by libfaketime. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ensureDebianPackages } from '../../build/debian.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface SettableClock {
  /** Gives a process this clock. */
  readonly env: Readonly<Record<string, string>>;
  /** So far from the right time, in ms. @throws Error when a process that runs does not see it */
  set(offset: number): Promise<void>;
}

/** @throws Error when this machine has no libfaketime, with what to do */
export async function settableClock(): Promise<SettableClock> {
  await ensureDebianPackages(['libfaketime']);
  const [library] = globSync('/usr/{lib,lib64,lib/*,local/lib}/faketime/libfaketimeMT.so.1');
  if (library === undefined)
    throw new Error('The clock of a host can’t be set here: this test needs Linux and libfaketime');
  const file = path.join(await temporaryFolder(), 'offset');
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    // As on a real machine: only the wall clock can be set.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  // Moved into place: whoever looks sees the old offset or the new one.
  const write = (offset: number) => {
    writeFileSync(`${file}.new`, `${offset < 0 ? '-' : '+'}${Math.abs(offset) / 1_000}\n`);
    renameSync(`${file}.new`, file);
  };
  write(0);
  const now = startWitness(env);
  return {
    env,
    set: async (offset) => {
      write(offset);
      const seen = (await now()) - Date.now();
      if (Math.abs(seen - offset) > 30_000)
        throw new Error(`${library} sets the clock of a process to ${seen} ms, not to ${offset} ms`);
    },
  };
}

/** A process that only tells the time. */
function startWitness(env: Readonly<Record<string, string>>): () => Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.on("data", () => console.log(Date.now()))'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return async () => {
    child.stdin.write('?\n');
    const [answer] = await once(child.stdout, 'data');
    return Number(answer);
  };
}
