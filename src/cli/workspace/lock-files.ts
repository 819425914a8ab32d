/** Reads a file of the company; takes and gives back a lock that the worker of a task keeps. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import { scopeOfPath } from '../../core/lock/path-scope.ts';
import { globalOptions } from '../global-options.ts';
import type { AcquireOptions } from '../locks/hold-lock.ts';
import { openOutput } from '../output/output.ts';
import { withFiles } from './open-files.ts';

/** The bytes as they are; with `--json` in base64, with their hash. */
export async function readOne(
  path: string,
  { out }: { readonly out?: string },
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withFiles(options, async (files) => {
    const file = await files.read(path);
    if (!file) throw new CoordError('NOT_FOUND', `There is no file ${path} in the workspace`, { path });
    const bytes = Buffer.from(file.base64, 'base64');
    if (out !== undefined) await writeFile(out, bytes);
    if (options.json) output.answer({ path, hash: file.hash, base64: file.base64 }, () => '');
    else if (out === undefined) process.stdout.write(bytes);
  });
}

export async function lockForTask(
  wanted: string,
  { intent, ttl, wait, literal }: AcquireOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withFiles(options, async (files) => {
    if (!files.ofTask) throw noTask();
    const token = await files.lock({ scope: literal ? scopeOfPath(wanted) : wanted, intent, ttl, wait });
    output.answer({ token }, () => String(token));
  });
}

export async function unlockForTask(token: Seq, _options: object, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withFiles(options, async (files) => {
    if (!files.ofTask) throw noTask();
    await files.unlock(token);
    output.answer({ released: token }, () => '');
  });
}

function noTask(): CoordError {
  return new CoordError(
    'BAD_INPUT',
    'Nobody would keep the lock when this command ends: `files lock` and `files unlock` are for commands that do a task. ' +
      'Use `agentcoord locks acquire`, which stays, or `files write`, which locks what it writes',
  );
}
