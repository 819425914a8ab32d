/** Puts the command `agentcoord` where a shell finds it, and takes it away again; what is not ours is left alone. */
import { chmod, lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { CommandState } from '../contract/desktop-calls.ts';
import { CoordError } from '../core/error.ts';
import type { CommandTarget } from './command-target.ts';
import { quoted, scriptMark } from './command-target.ts';

/** Makes the link as the administrator of the machine. */
export type AsAdministrator = (link: { readonly path: string; readonly to: string }) => Promise<void>;

/** No script of ours comes near it. */
const longestScriptBytes = 64_000;

export async function commandState(target: CommandTarget): Promise<CommandState> {
  const { path } = target;
  const found = await lstat(path).catch(() => null);
  if (!found) return 'none';
  if (target.kind === 'packaged') return 'ours';
  if (found.isSymbolicLink()) {
    const to = await readlink(path);
    if (target.kind === 'link' && to === target.to) return 'ours';
    return basename(to) === 'agentcoord' ? 'elsewhere' : 'foreign';
  }
  if (!found.isFile() || found.size > longestScriptBytes) return 'foreign';
  const text = await readFile(path, 'utf8').catch(() => '');
  if (target.kind === 'script' && text === target.text) return 'ours';
  return text.includes(`\n${scriptMark}\n`) ? 'elsewhere' : 'foreign';
}

/**
 * @param asAdministrator is asked where this person may not write; left out: they are told what to do
 * @throws CoordError `WRONG_STATE` - something else lies there, or it can't be written
 */
export async function putCommand(target: CommandTarget, asAdministrator?: AsAdministrator): Promise<void> {
  if (target.kind === 'packaged') throw byPackage(target.path);
  if ((await commandState(target)) === 'foreign') throw foreign(target.path);
  try {
    await write(target);
  } catch (error) {
    if (!isForbidden(error)) throw cannot('written', target.path, error);
    if (target.kind !== 'link') throw cannot('written', target.path, error);
    if (!asAdministrator)
      throw new CoordError(
        'WRONG_STATE',
        `You may not write ${target.path}. In a terminal: sudo ln -sfn ${quoted(target.to)} ${quoted(target.path)}`,
      );
    return asAdministrator(target);
  }
}

/** @throws CoordError `WRONG_STATE` - it is not ours, or it can't be removed */
export async function removeCommand(target: CommandTarget): Promise<void> {
  if (target.kind === 'packaged') throw byPackage(target.path);
  const state = await commandState(target);
  if (state === 'none') return;
  if (state === 'foreign') throw foreign(target.path);
  await rm(target.path).catch((error: unknown) => {
    if (isForbidden(error))
      throw new CoordError(
        'WRONG_STATE',
        `You may not remove ${target.path}. In a terminal: sudo rm ${quoted(target.path)}`,
      );
    throw cannot('removed', target.path, error);
  });
}

/** All of it or nothing: whoever calls the command meanwhile gets the old one or the new one. */
async function write(target: Exclude<CommandTarget, { kind: 'packaged' }>): Promise<void> {
  const { path } = target;
  const next = `${path}.next`;
  await mkdir(dirname(path), { recursive: true });
  await rm(next, { force: true });
  if (target.kind === 'link') await symlink(target.to, next);
  else {
    await writeFile(next, target.text);
    await chmod(next, 0o755);
  }
  await rename(next, path);
}

function isForbidden(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
}

const cannot = (what: string, path: string, error: unknown): CoordError =>
  new CoordError(
    'WRONG_STATE',
    `${path} can’t be ${what}: ${error instanceof Error ? error.message : error}`,
  );

const foreign = (path: string): CoordError =>
  new CoordError('WRONG_STATE', `${path} is something else, and is left as it is: move it away first`);

const byPackage = (path: string): CoordError =>
  new CoordError('WRONG_STATE', `${path} belongs to the package of this app, and comes and goes with it`);
