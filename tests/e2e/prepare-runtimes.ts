/** Makes sure, once before the end-to-end tests, that a real Chromium and a real Electron are on this machine. */
import type { TestProject } from 'vitest/node';
import { prepareChromium } from '../../build/prepare-chromium.ts';
import type { PreparedElectron } from '../../build/prepare-electron.ts';
import { prepareElectron } from '../../build/prepare-electron.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Absolute path of the Chromium executable. */
    chromium: string;
    /** Absolute paths of the Electron and of the better-sqlite3 addon built for it. */
    electron: PreparedElectron;
  }
}

export async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await prepareChromium());
  project.provide('electron', await prepareElectron());
}
