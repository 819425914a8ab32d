/** The root of a workspace: whose it is, and the folder in it where writes wait until they are let through. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { CoordError } from '../../core/error.ts';
import type { CompanyId } from '../../core/ids.ts';
import type { HeldFolder } from './held-folder.ts';
import { holdBelow, holdRoot, statOf } from './held-folder.ts';
import { ownFolder } from './workspace-path.ts';

export interface WorkspaceRoot {
  /** Its real path. */
  readonly path: string;
  readonly folder: HeldFolder;
  /** `.agentcoord` in it. */
  readonly own: HeldFolder;
  readonly staged: HeldFolder;
  close(): void;
}

/**
 * Opens the folder as the workspace of the company, and makes it where it is missing. What an earlier host staged and
 * did not let through stays until `sweepStaged`.
 * @throws CoordError `WORKSPACE_UNUSABLE` - it can't be written, or is another company's
 */
export function openRoot(wanted: string, companyId: CompanyId): WorkspaceRoot {
  const held: HeldFolder[] = [];
  const hold = (folder: HeldFolder) => {
    held.push(folder);
    return folder;
  };
  const close = () => {
    for (const folder of held.splice(0)) folder.close();
  };
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    const path = realpathSync.native(wanted);
    const folder = hold(holdRoot(path));
    const own = hold(below(folder, ownFolder));
    claim(own, companyId, path);
    return { path, folder, own, staged: hold(below(own, 'staged')), close };
  } catch (error) {
    close();
    throw error instanceof CoordError ? error : unusable(wanted, error);
  }
}

/** Removes what was staged and never let through. */
export function sweepStaged({ staged }: WorkspaceRoot): void {
  for (const name of readdirSync(staged.entry('.'))) rmSync(staged.entry(name), { force: true });
}

/** Writes the bytes beside the files; they are durable when it resolves. @returns the name under `staged` */
export async function stage({ staged, path }: WorkspaceRoot, bytes: Uint8Array): Promise<string> {
  const name = randomUUID();
  try {
    const handle = await open(staged.entry(name), 'wx', 0o666);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return name;
  } catch (error) {
    discard({ staged }, name);
    throw unusable(path, error);
  }
}

export function discard({ staged }: Pick<WorkspaceRoot, 'staged'>, name: string): void {
  rmSync(staged.entry(name), { force: true });
}

export function unusable(folder: string, cause: unknown): CoordError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `The workspace ${folder} can't be used (${reason}). Check the folder and the disk, then try again`,
    { folder },
    { cause },
  );
}

function below(parent: HeldFolder, name: string): HeldFolder {
  const folder = holdBelow(parent, name, { create: true, asked: name });
  if (!folder) throw new Error(`${name} was removed as soon as it was made`);
  return folder;
}

/** A folder is the workspace of one company for good: two would each grant locks on the same files. */
function claim(own: HeldFolder, companyId: CompanyId, path: string): void {
  const owner = statOf(own.entry('company'))?.isFile()
    ? readFileSync(own.entry('company'), 'utf8').trim()
    : null;
  if (owner === companyId) return;
  if (owner !== null) {
    throw new CoordError(
      'WORKSPACE_UNUSABLE',
      `The workspace ${path} is that of the company ${owner}: two companies in one folder would each give out locks ` +
        `on the same files. Name another folder, or remove ${ownFolder} in it if that company is no more`,
      { folder: path, companyId: owner },
    );
  }
  // Nobody wants it in the history of the project.
  writeFileSync(own.entry('.gitignore'), '*\n');
  writeFileSync(own.entry('company'), `${companyId}\n`, { flag: 'wx', flush: true });
  own.sync();
}
