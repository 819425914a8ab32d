/** Makes the folder of a new company beside its place and moves it there when the company is in it. */
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CompanyDraft } from '../contract/templates.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId, IdKinds } from '../core/ids.ts';
import { CompanyCoordinator } from './company-coordinator.ts';
import { syncFolder } from './durable-file.ts';
import type { CompanyOptions } from './open-company.ts';
import { logFileOf } from './open-company.ts';

export interface Furnisher {
  /**
   * Puts into the folder of a new company what its file says beside the log, before the company is there.
   * @throws CoordError what is wrong with that
   */
  furnish(folder: string, file: CompanyDraft['file']): Promise<void>;
}

export interface NewCompanyOptions extends CompanyOptions {
  readonly furnisher?: Furnisher;
}

const unfinishedPrefix = '.new-';

/** Whether a folder is what an interrupted creation left behind. */
export function isUnfinished(folderName: string): boolean {
  return folderName.startsWith(unfinishedPrefix);
}

/**
 * @param home the folder that the company gets; it is not there yet
 * @throws CoordError what `company.create` refuses; `DATA_DIR_UNUSABLE` - the folder can't be made
 */
export async function createCompanyFolder(
  home: string,
  id: CompanyId,
  { file, workflows }: CompanyDraft,
  options: NewCompanyOptions,
): Promise<void> {
  const folder = path.dirname(home);
  const unfinished = path.join(folder, `${unfinishedPrefix}${id}`);
  try {
    await makeFolder(unfinished);
    const coordinator = await CompanyCoordinator.open({
      log: await options.openLog(logFileOf(unfinished)),
      world: {
        ...options.world,
        newId: (kind) => (kind === 'company' ? asId(kind, id) : options.world.newId(kind)),
      },
      onFault: options.onFault,
    });
    try {
      await coordinator.execute(
        { kind: 'host' },
        { type: 'company.create', file, workflows: [...workflows] },
      );
    } finally {
      await coordinator.close();
    }
    await options.furnisher?.furnish(unfinished, file);
    await rename(unfinished, home);
    await syncFolder(folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** The one company of a log has the id of its folder. */
function asId<Kind extends keyof IdKinds>(_kind: Kind, id: CompanyId): IdKinds[Kind] {
  return id as unknown as IdKinds[Kind];
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CoordError(
      'DATA_DIR_UNUSABLE',
      `The company was not created: ${folder} can’t be made (${reason}). Check the permissions of the data directory`,
      { folder },
      { cause: error },
    );
  }
}
