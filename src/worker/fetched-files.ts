/**
 * The files of a task in a folder of a worker that has not the disk of its host: fetched through the host, and what was
 * changed sent back through it, under locks.
 */
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileChange, GuardedWorkspace, LockedFiles } from '../contract/guarded-workspace.ts';
import type { ListedFile } from '../contract/workspace.ts';
import { maxWorkspaceBytes } from '../contract/workspace.ts';
import { CoordError } from '../core/error.ts';
import { minutes } from '../core/units.ts';
import { beginHistory, ignoredOf } from './fetched-git.ts';
import type { Log } from './worker-log.ts';

/** What the host neither lists nor takes. */
const leftOut: ReadonlySet<string> = new Set(['.git', 'node_modules', '.agentcoord']);
/** Files that are on their way at once. */
const atOnce = 8;
const mostFiles = 5_000;
const mostBytes = 200 * 1024 * 1024;
/** Up to so many files have a lock each; more have one for each folder at the top. */
const locksOfTheirOwn = 20;
const filesInMerge = 200;

interface Known {
  readonly state: string;
  readonly hash: string;
}

export class FetchedFiles {
  readonly folder: string;
  /** The host's files as this worker sees them: read here, written there and here. */
  readonly guarded: GuardedWorkspace;
  readonly #host: GuardedWorkspace;
  readonly #log: Log;
  /** As the host has them. */
  readonly #known = new Map<string, Known>();

  private constructor(host: GuardedWorkspace, folder: string, log: Log) {
    this.folder = folder;
    this.#host = host;
    this.#log = log;
    this.guarded = {
      list: async () => this.#list(),
      read: (path) => this.#read(path),
      lock: async (scope, options) => this.#mirrored(await host.lock(scope, options)),
    };
  }

  /** @param folder its own, made here. @throws CoordError what the host refuses; `PATH_OUTSIDE` */
  static async fetch(host: GuardedWorkspace, folder: string, log: Log): Promise<FetchedFiles> {
    const fetched = new FetchedFiles(host, folder, log);
    await mkdir(folder, { recursive: true });
    const wanted = [...(await host.list())];
    const next = async (): Promise<void> => {
      for (let file = wanted.pop(); file; file = wanted.pop()) await fetched.#take(file);
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    return fetched;
  }

  /** So that whoever works here can ask git what was changed; without a git nothing happens. */
  async beginHistory(): Promise<void> {
    await beginHistory(this.folder);
  }

  /**
   * Sends what was changed here, and waits for locks that others have.
   * @param scratch a folder that nobody works in
   * @throws CoordError `TOO_LARGE`; `BAD_INPUT` - a link; `LOCK_HELD`, `LEASE_LOST`, and what else the host refuses
   */
  async sendBack(scratch: string): Promise<void> {
    const changes = await this.#changes(scratch);
    if (changes.length === 0) return;
    this.#log(`sends back ${changes.length} changed files`);
    for (const [scope, ofScope] of byScope(changes)) {
      const files = await this.#host.lock(scope, {
        intent: 'to hand in what was changed',
        wait: minutes(1),
      });
      for (const batch of batches(ofScope)) await files.merge(batch);
      for (const change of ofScope) await this.#note(change);
      await files.release();
    }
  }

  async #take({ path, bytes, isExecutable }: ListedFile): Promise<void> {
    if (bytes > maxWorkspaceBytes) {
      this.#log(`left out: ${path} has ${bytes} bytes, and ${maxWorkspaceBytes} may travel`);
      return;
    }
    const content = await this.#host.read(path);
    if (content === null) return;
    const place = this.#placeOf(path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
    if (isExecutable) await chmod(place, 0o755);
    await this.#note({ path, bytes: content });
  }

  async #note({ path, bytes }: Pick<FileChange, 'path' | 'bytes'>): Promise<void> {
    const stats = bytes && (await lstat(this.#placeOf(path)).catch(() => null));
    if (!stats) this.#known.delete(path);
    else this.#known.set(path, { state: stateOf(stats), hash: hashOf(bytes) });
  }

  async #changes(scratch: string): Promise<FileChange[]> {
    const found = await this.#scan();
    const fresh = [...found.keys()].filter((path) => !this.#known.has(path));
    const ignored = await ignoredOf(fresh, this.folder, scratch);
    const changes: FileChange[] = [...this.#known.keys()]
      .filter((path) => !found.has(path))
      .map((path) => ({ path, bytes: null }));
    let bytes = 0;
    for (const [path, stats] of found) {
      const known = this.#known.get(path);
      if (known?.state === stateOf(stats) || ignored.has(path)) continue;
      if (!stats.isFile()) throw noPlainFile(path);
      if (stats.size > maxWorkspaceBytes) throw tooLarge(path, stats.size);
      bytes += stats.size;
      const content = await readFile(this.#placeOf(path));
      if (known?.hash === hashOf(content)) continue;
      changes.push({ path, bytes: content });
      if (changes.length > mostFiles || bytes > mostBytes) throw tooMuch();
    }
    return changes;
  }

  /** Links and pipes, too: whoever made one is told that it can't be handed in. Links are not followed. */
  async #scan(): Promise<Map<string, Stats>> {
    const found = new Map<string, Stats>();
    const ahead = [''];
    for (let below = ahead.pop(); below !== undefined; below = ahead.pop()) {
      for (const { name } of await readdir(join(this.folder, below), { withFileTypes: true })) {
        if (leftOut.has(name.toLowerCase())) continue;
        const path = below === '' ? name : `${below}/${name}`;
        const stats = await lstat(join(this.folder, path)).catch(() => null);
        if (stats?.isDirectory()) ahead.push(path);
        else if (stats) found.set(path, stats);
      }
    }
    return found;
  }

  async #list(): Promise<readonly ListedFile[]> {
    const files = [...(await this.#scan())].filter(([, stats]) => stats.isFile());
    return files
      .map(([path, stats]) => {
        const isExecutable = (stats.mode & 0o100) !== 0 ? { isExecutable: true as const } : {};
        return { path, bytes: stats.size, mark: stateOf(stats), ...isExecutable };
      })
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** What is no plain file here, or was too large to travel, the host answers for, or refuses. */
  async #read(path: string): Promise<Uint8Array | null> {
    if (isPlain(path)) {
      const stats = await lstat(join(this.folder, path)).catch(() => null);
      if (stats?.isFile()) return readFile(join(this.folder, path));
      if (stats === null && this.#known.has(path)) return null;
    }
    return this.#host.read(path);
  }

  #mirrored(files: LockedFiles): LockedFiles {
    const mirror = async (change: Pick<FileChange, 'path' | 'bytes'>) => {
      const place = this.#placeOf(change.path);
      if (change.bytes === null) await rm(place, { force: true });
      else {
        await mkdir(dirname(place), { recursive: true });
        await writeFile(place, change.bytes);
      }
      await this.#note(change);
    };
    return {
      token: files.token,
      lost: files.lost,
      read: (path) => this.#read(path),
      write: async (path, bytes) => {
        await files.write(path, bytes);
        await mirror({ path, bytes });
      },
      merge: async (changes) => {
        const written = await files.merge(changes);
        for (const change of changes) await mirror(change);
        return written;
      },
      release: () => files.release(),
    };
  }

  /** @throws CoordError `PATH_OUTSIDE` - also of a host: nothing is written elsewhere on this machine */
  #placeOf(path: string): string {
    if (isPlain(path)) return join(this.folder, path);
    throw new CoordError('PATH_OUTSIDE', `“${path}” leads out of the files of the task`, { path });
  }
}

const isPlain = (path: string): boolean =>
  !path.includes('\\') &&
  path.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes('\0'));

const stateOf = ({ ino, size, mtimeMs }: Stats): string => `${ino}-${size}-${mtimeMs}`;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** In the order in which they are done: what is removed goes first, it may stand where a folder is to be. */
function byScope(changes: readonly FileChange[]): Map<string, FileChange[]> {
  const groups = new Map<string, FileChange[]>();
  for (const change of changes) {
    const [top = '', ...below] = change.path.split('/');
    const isGrouped = changes.length > locksOfTheirOwn && below.length > 0;
    const scope = isGrouped ? `${top}/**` : change.path;
    const group = groups.get(scope);
    if (group) group.push(change);
    else groups.set(scope, [change]);
  }
  return groups;
}

function* batches(changes: readonly FileChange[]): Generator<readonly FileChange[]> {
  let batch: FileChange[] = [];
  let bytes = 0;
  let removes = true;
  for (const change of changes) {
    const size = change.bytes?.byteLength ?? 0;
    const isOther = removes !== (change.bytes === null);
    if (batch.length > 0 && (isOther || batch.length === filesInMerge || bytes + size > maxWorkspaceBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(change);
    bytes += size;
    removes = change.bytes === null;
  }
  if (batch.length > 0) yield batch;
}

function noPlainFile(path: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `The change was refused: “${path}” is a link or the like, and from another machine only plain files are handed in. ` +
      'Remove it, or keep it out with a .gitignore',
    { path },
  );
}

function tooLarge(path: string, bytes: number): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `The change was refused: “${path}” has ${bytes} bytes, and from another machine a file has ${maxWorkspaceBytes} at most. ` +
      'Make it smaller, or keep it out with a .gitignore',
    { path, bytes, limit: maxWorkspaceBytes },
  );
}

function tooMuch(): CoordError {
  return new CoordError(
    'TOO_LARGE',
    `The change was refused: from another machine it has ${mostFiles} files and ${mostBytes} bytes at most. ` +
      'Keep what is built out of it with a .gitignore',
    { limit: mostBytes },
  );
}
