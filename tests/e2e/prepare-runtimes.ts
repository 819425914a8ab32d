/** Makes sure, once before the end-to-end tests, that a real Chromium and a real Electron are on this machine. */
import type { TestProject } from 'vitest/node';
import { ensureDebianPackages } from '../../build/debian.ts';
import { chromiumPackages, prepareChromium } from '../../build/prepare-chromium.ts';
import type { PreparedElectron } from '../../build/prepare-electron.ts';
import { electronPackages, prepareElectron } from '../../build/prepare-electron.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Absolute path of the Chromium executable. */
    chromium: string;
    /** Absolute paths of the Electron and of the better-sqlite3 addon built for it. */
    electron: PreparedElectron;
  }
}

export async function setup(project: TestProject): Promise<void> {
  // Both together, so that somebody who may not install them is told one command.
  await ensureDebianPackages([...chromiumPackages(), ...electronPackages()]);
  project.provide('chromium', await prepareChromium());
  project.provide('electron', await prepareElectron());
}
