/** Makes sure, once before the end-to-end tests, that a real Chromium, a real Electron and a real terminal are on this machine. */
import type { TestProject } from 'vitest/node';
import { ensureDebianPackages } from '../../build/debian.ts';
import { findCommand } from '../../build/find-command.ts';
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

/** tmux is the terminal of the dashboard's tests, and the shells are those that complete commands. */
const terminalPackages = (): readonly string[] =>
  ['tmux', 'zsh', 'fish'].filter((command) => !findCommand(command));

export async function setup(project: TestProject): Promise<void> {
  // Both together, so that somebody who may not install them is told one command.
  await ensureDebianPackages([...chromiumPackages(), ...electronPackages(), ...terminalPackages()]);
  project.provide('chromium', await prepareChromium());
  project.provide('electron', await prepareElectron());
}
