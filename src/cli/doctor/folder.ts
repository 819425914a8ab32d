/** The data directory as a folder: whether it can be used, who may look into it, and how much room it has. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Finding } from './finding.ts';
import { fail, ok, warn } from './finding.ts';

/** In bytes: less is a warning, and no log should run into the end of the disk. */
const scarce = 1024 ** 3;
const tooLittle = 64 * 1024 ** 2;

export async function checkFolder(dataDir: string): Promise<Finding> {
  const found = await stat(dataDir).catch(() => null);
  if (!found) return await checkFolderToBe(dataDir);
  if (!found.isDirectory()) return isNoFolder(dataDir);
  if (!(await mayUse(dataDir, constants.R_OK | constants.W_OK | constants.X_OK))) {
    return fail(
      'data directory',
      `you may not read and write ${dataDir}`,
      `Make it yours: chown and chmod 700`,
    );
  }
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (isOpen) return warn('data directory', `others may look into ${dataDir}`, `chmod 700 ${dataDir}`);
  return ok('data directory', dataDir);
}

/** Of one that is not there: whether it can be made. */
async function checkFolderToBe(dataDir: string): Promise<Finding> {
  const above = await nearestThere(dataDir);
  if (!(await stat(above)).isDirectory()) return isNoFolder(above);
  return (await mayUse(above, constants.W_OK | constants.X_OK))
    ? warn('data directory', `${dataDir} is not there yet`, 'agentcoord init makes it')
    : fail(
        'data directory',
        `${dataDir} is not there, and you may not make it: ${above} is not yours to write in`,
        'Name a folder of your own with --data-dir or AGENTCOORD_DATA_DIR',
      );
}

const isNoFolder = (path: string): Finding =>
  fail(
    'data directory',
    `${path} is no folder`,
    'Name another one with --data-dir or AGENTCOORD_DATA_DIR, or move it away',
  );

const mayUse = (folder: string, mode: number): Promise<boolean> =>
  access(folder, mode).then(
    () => true,
    () => false,
  );

async function nearestThere(path: string): Promise<string> {
  const above = dirname(resolve(path));
  return (await stat(above).catch(() => null)) ? above : nearestThere(above);
}

export async function checkRoom(dataDir: string): Promise<Finding> {
  const disk = await statfs(dataDir).catch(() => null);
  if (!disk) return ok('room', 'not known before the data directory is there');
  const free = disk.bavail * disk.bsize;
  const words = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  const todo = 'Make room: a full disk refuses every command';
  if (free < tooLittle) return fail('room', words, todo);
  return free < scarce ? warn('room', words, todo) : ok('room', words);
}
