/**
 * Brings what a workspace has beside its tracked files, installed packages above all, into a checkout of it: as a copy, which
 * the file system shares where it can. A link in its place would lead out of the checkout: whoever installs there would
 * change the people's own packages, and the packages of a workspace would find the people's files instead of the task's.
 */
import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { leadsOut } from '../contract/link-target.ts';
import { CoordError } from '../core/error.ts';
import { includedFiles, includeFile } from './included-files.ts';
import type { Log } from './worker-log.ts';

const mostFiles = 300_000;
const mostBytes = 4 * 1024 ** 3;
/** Files that are copied at a time. */
const atOnce = 16;
/** What belongs to a checkout itself. */
const neverCopied = new Set(['.git', '.agentcoord']);

export interface Carried {
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * What is there already stays as it is.
 * @param from the workspace; its `.worktreeinclude` says what
 * @param to a checkout or a copy of it
 * @throws CoordError `WORKSPACE_UNUSABLE` - the list can't be read; `TOO_LARGE`
 */
export async function carryAlong(from: string, to: string, { log, signal }: Carried): Promise<void> {
  const paths = await includedFiles(from, to, signal);
  if (paths.length === 0) return;
  const startedAt = performance.now();
  const copying = new Copying(from, await realpath(to), signal);
  for (const path of paths) await copying.add(path.replace(/\/$/, ''));
  await copying.finish();
  const { files, bytes, leftOut } = copying;
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const names = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''}`;
  log(`brought along ${names}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s`);
  if (leftOut.length > 0) {
    log(`left out ${leftOut.length} links that lead out of the workspace, such as ${leftOut[0]}`);
  }
}

class Copying {
  files = 0;
  bytes = 0;
  readonly leftOut: string[] = [];
  readonly #from: string;
  readonly #to: string;
  readonly #signal: AbortSignal;
  readonly #running = new Set<Promise<void>>();

  constructor(from: string, to: string, signal: AbortSignal) {
    this.#from = from;
    this.#to = to;
    this.#signal = signal;
  }

  async add(path: string): Promise<void> {
    const parent = dirname(join(this.#to, path));
    await mkdir(parent, { recursive: true });
    const real = await realpath(parent);
    // A link of the checkout stands where the workspace has a folder.
    if (real !== this.#to && !real.startsWith(this.#to + sep)) this.leftOut.push(path);
    else await this.#copy(path);
  }

  /** @throws the first thing that went wrong */
  async finish(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #copy(path: string): Promise<void> {
    this.#signal.throwIfAborted();
    if (neverCopied.has(posix.basename(path).toLowerCase())) return;
    const source = join(this.#from, path);
    const there = await lstat(source).catch(() => null);
    if (!there) return;
    if (there.isDirectory()) return this.#copyFolder(path);
    this.files += 1;
    this.bytes += there.isFile() ? there.size : 0;
    if (this.files > mostFiles || this.bytes > mostBytes) throw tooMuch(path);
    if (there.isSymbolicLink()) return this.#copyLink(path);
    if (there.isFile()) return this.#inTurn(() => copyFile(source, join(this.#to, path), how));
  }

  async #copyFolder(path: string): Promise<void> {
    const target = join(this.#to, path);
    await mkdir(target, { recursive: true }).catch(unlessThere);
    // What stands there under this name is none: a tracked file, or a link.
    if (!(await lstat(target)).isDirectory()) return;
    for (const name of await readdir(join(this.#from, path))) await this.#copy(`${path}/${name}`);
  }

  async #copyLink(path: string): Promise<void> {
    const target = await readlink(join(this.#from, path));
    if (leadsOut(path, target)) this.leftOut.push(`${path} → ${target}`);
    else await symlink(target, join(this.#to, path)).catch(unlessThere);
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    while (this.#running.size >= atOnce) await Promise.race(this.#running);
    const running: Promise<void> = act()
      .catch(unlessThere)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}

const how = constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL;

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function tooMuch(path: string): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `What ${includeFile} names is more than ${mostFiles} files or ${mostBytes / 1024 ** 3} GB, the last seen “${path}”. Name less there, and let a check of the step install the rest`,
    { path },
  );
}
