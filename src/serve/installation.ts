/** Where the parts of an installed AgentCoord lie: beside the program that runs. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, `out/` and `templates/`, wherever in it this file has been bundled to. */
export const installationFolder = findInstallation(dirname(fileURLToPath(import.meta.url)));

export const rendererFolder = join(installationFolder, 'out', 'renderer');

function findInstallation(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('AgentCoord is not installed completely: no package.json above its program');
  return findInstallation(parent);
}
