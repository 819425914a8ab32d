/** Changes files of the company under a lock: one that is held, or one for this change alone. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Command } from 'commander';
import type { WrittenFile } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash, Seq } from '../../core/ids.ts';
import { scopeOfPath } from '../../core/lock/path-scope.ts';
import type { DurationMs } from '../../core/units.ts';
import { readBytes } from '../files/read-input.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import type { Change } from './company-files.ts';
import { withFiles } from './open-files.ts';

export interface ChangeOptions {
  /** Of a lock that is held; left out: the files are locked for this change. */
  readonly token?: Seq;
  readonly ifHash?: ArtifactHash | 'none';
  readonly intent: string;
  readonly wait?: DurationMs;
}

export async function writeOne(
  path: string,
  source: string,
  options: ChangeOptions,
  command: Command,
): Promise<void> {
  const base64 = (await readBytes(source)).toString('base64');
  await change([{ path, base64, ...conditionOf(options) }], scopeOfPath(path), options, command);
}

export async function removeOne(path: string, options: ChangeOptions, command: Command): Promise<void> {
  await change(
    [{ path, base64: null, ...conditionOf(options) }],
    scopeOfPath(path),
    options,
    command,
    ([file]) => {
      if (file?.existed) return;
      throw new CoordError('NOT_FOUND', `There is no file “${path}” in the workspace: nothing was removed`, {
        path,
      });
    },
  );
}

/** All that is in a folder of this machine, under its own paths: all of it, or nothing. */
export async function mergeFolder(
  folder: string,
  { into, ...options }: ChangeOptions & { readonly into?: string },
  command: Command,
): Promise<void> {
  const changes: Change[] = [];
  for (const file of await filesIn(folder)) {
    const path = relative(folder, file).replaceAll(sep, '/');
    const base64 = (await readFile(file)).toString('base64');
    changes.push({ path: into === undefined ? path : `${into}/${path}`, base64 });
  }
  if (changes.length === 0) throw new CoordError('NOT_FOUND', `There is no file in ${folder}`, { folder });
  await change(changes, into === undefined ? '**' : scopeOfPath(into), options, command);
}

async function change(
  changes: readonly Change[],
  scope: string,
  { token, intent, wait }: ChangeOptions,
  command: Command,
  check: (written: readonly WrittenFile[]) => void = () => undefined,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withFiles(options, async (files) => {
    const lock = token ?? (await files.lock({ scope, intent, wait }));
    try {
      const written = await files.change(changes, lock);
      check(written);
      output.answer({ files: written }, () =>
        written.map(({ path, hash }) => (hash === null ? `removed ${path}` : `${hash}  ${path}`)).join('\n'),
      );
    } finally {
      if (token === undefined) await files.unlock(lock);
    }
  });
}

const conditionOf = ({ ifHash }: ChangeOptions) =>
  ifHash === undefined ? {} : { ifHash: ifHash === 'none' ? null : ifHash };

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new CoordError('NOT_FOUND', `There is no folder ${folder} here`, { folder });
    throw new CoordError('BAD_INPUT', `${folder} can't be read: ${message}`, { folder });
  }
}
