/** Where the commands of a model run: in a copy of the company's files, where what they change changes nothing else. */
import { chmod, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GuardedWorkspace } from '../../contract/guarded-workspace.ts';
import type { RunContext } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';

const mostFiles = 5_000;
const mostBytes = 64 * 1024 * 1024;

/** Where commands of a model run. */
export interface CommandPlace {
  readonly folder: string;
  /** What they change stays, as a part of the task. */
  readonly isKept: boolean;
  /** Makes it as the files are now. @throws CoordError `TOO_LARGE`, `WORKSPACE_UNUSABLE` */
  refresh(): Promise<void>;
}

export class WorkspaceCopy implements CommandPlace {
  readonly isKept = false;
  readonly folder: string;
  readonly #guarded: GuardedWorkspace;
  readonly #carryAlong: RunContext['carryAlong'];
  /** What each file was when it was copied, there and here. */
  readonly #copied = new Map<string, { readonly mark: string; readonly here: string }>();

  /** Installed packages and the like, brought once. */
  #carried: Promise<void> | null = null;

  constructor({ guarded, carryAlong }: Pick<RunContext, 'guarded' | 'carryAlong'>, folder: string) {
    this.#guarded = guarded;
    this.#carryAlong = carryAlong;
    this.folder = folder;
  }

  /** Copies what is new, and removes what is gone. */
  async refresh(): Promise<void> {
    const files = await this.#guarded.list();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (files.length > mostFiles || bytes > mostBytes) {
      throw new CoordError(
        'TOO_LARGE',
        `The command was not run: the workspace has ${files.length} files with ${bytes} bytes, and at most ${mostFiles} files with ${mostBytes} bytes are copied for one`,
      );
    }
    await mkdir(this.folder, { recursive: true });
    const there = new Set(files.map(({ path }) => path));
    for (const path of this.#copied.keys()) {
      if (there.has(path)) continue;
      await rm(join(this.folder, path), { recursive: true, force: true });
      this.#copied.delete(path);
    }
    for (const { path, mark, isExecutable } of files) {
      const place = join(this.folder, path);
      const copied = this.#copied.get(path);
      // A command may have changed the copy: the next one finds what everybody else has.
      if (copied?.mark === mark && copied.here === (await stateOf(place))) continue;
      const content = await this.#guarded.read(path);
      if (content === null) continue;
      await rm(place, { recursive: true, force: true });
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, content);
      if (isExecutable) await chmod(place, 0o755);
      this.#copied.set(path, { mark, here: await stateOf(place) });
    }
    this.#carried ??= this.#carryAlong(this.folder);
    await this.#carried;
  }
}

async function stateOf(place: string): Promise<string> {
  const stats = await lstat(place).catch(() => null);
  return stats === null ? '' : `${stats.ino}-${stats.size}-${stats.mtimeMs}-${stats.isFile()}`;
}
