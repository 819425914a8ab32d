/** Starts the Electron that was prepared for the tests. */
import { inject } from 'vitest';
import type { ElectronLaunch, LaunchedElectron } from './start-electron.ts';
import { startElectron } from './start-electron.ts';

export const launchElectron = (launch: ElectronLaunch = {}): Promise<LaunchedElectron> =>
  startElectron(inject('electron'), launch);
