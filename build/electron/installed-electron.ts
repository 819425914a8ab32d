/** Finds an Electron that the machine already has; never downloads one. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../project-folder.ts';

export interface InstalledElectron {
  /** The folder of the whole runtime, as `ELECTRON_OVERRIDE_DIST_PATH` wants it. */
  readonly dist: string;
  readonly executable: string;
}

/**
 * @returns the Electron of `ELECTRON_OVERRIDE_DIST_PATH`, else the electron package's own download, else undefined
 * @throws Error when `ELECTRON_OVERRIDE_DIST_PATH` names a folder without an Electron: another one would be
 *   a surprise
 */
export function findInstalledElectron(): InstalledElectron | undefined {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const electronPackage = path.join(projectFolder, 'node_modules', 'electron');
  const dist = path.resolve(chosen || path.join(electronPackage, 'dist'));
  const executable = path.join(dist, executableName());
  if (chosen && !existsSync(executable)) {
    throw new Error(
      `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, which holds no Electron. Correct it or unset it.`,
    );
  }
  return existsSync(executable) && (chosen || isDownloaded(electronPackage))
    ? { dist, executable }
    : undefined;
}

/** Where the executable lies inside a distribution. */
function executableName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    case 'win32':
      return 'electron.exe';
    default:
      return 'electron';
  }
}

/** The package writes `path.txt` as the last step of its download. */
function isDownloaded(electronPackage: string): boolean {
  const marker = path.join(electronPackage, 'path.txt');
  return existsSync(marker) && readFileSync(marker, 'utf8') === executableName();
}
