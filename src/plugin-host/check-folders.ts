/** Whether the folders among settings can be folders at all, said where they are set and not only when the channel is opened. Nothing is made. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Manifest } from '../contract/plugin/manifest.ts';
import type { Settings, SettingsProblem } from '../contract/plugin/settings-schema.ts';
import { namedFolders } from './plugin-hosts.ts';

export async function folderProblems(manifest: Manifest, settings: Settings): Promise<SettingsProblem[]> {
  const problems: SettingsProblem[] = [];
  for (const [field, folder] of namedFolders(manifest, settings)) {
    const message = await faultOf(folder);
    if (message !== null) problems.push({ field, message });
  }
  return problems;
}

/** Null: it is a folder that may be written, or can be made. */
async function faultOf(folder: string): Promise<string | null> {
  for (let place = folder; ; place = dirname(place)) {
    const found = await stat(place).catch(() => null);
    // What is not there is made, in the nearest that is.
    if (!found && place !== dirname(place)) continue;
    if (!found?.isDirectory())
      return place === folder
        ? `${folder} is a file: name a folder`
        : `${place} is a file, so there can be no folder in it`;
    const mayWrite = await access(place, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    return mayWrite
      ? null
      : `the host may not write in ${place}: name another folder, or give it the right to`;
  }
}
