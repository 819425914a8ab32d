/** Starts a real Electron on an app folder, driven by Playwright, on a screen and in a profile of its own. */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { _electron } from 'playwright-core';
import type { PreparedElectron } from '../../../build/prepare-electron.ts';
import { projectFolder } from '../../../build/project-folder.ts';
import { openDisplay } from './virtual-display.ts';

export interface ElectronLaunch {
  /** The folder whose package.json names the main file; the project itself unless told. */
  readonly appDir?: string;
  /** Set on top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the app finds in its argv after its folder. */
  readonly args?: readonly string[];
}

export interface LaunchedElectron extends AsyncDisposable {
  readonly app: ElectronApplication;
  /** Quits the app (kills it if it stays), then stops its screen and deletes its profile. */
  close(): Promise<void>;
}

const quitWithinMs = 10_000;

/** Resolves once the main process runs and Playwright is attached; ready events wait for that. */
export async function startElectron(
  { dist, sqliteBinding }: PreparedElectron,
  { appDir = projectFolder, env = {}, args = [] }: ElectronLaunch = {},
): Promise<LaunchedElectron> {
  // Named this way, and not by executablePath, Playwright preloads its loader (-r), which holds back `ready`
  // until it is attached. As root or not, it adds --no-sandbox by itself on Linux.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
  const profile = await mkdtemp(path.join(tmpdir(), 'agentcoord-electron-'));
  const display = await openDisplay();
  const release = async () => {
    await display[Symbol.asyncDispose]();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const app = await _electron.launch({
      args: [`--user-data-dir=${profile}`, appDir, ...args],
      env: childEnvironment({ DISPLAY: display.name, AGENTCOORD_SQLITE_BINDING: sqliteBinding, ...env }),
    });
    const child = app.process();
    const close = async () => {
      await quit(app, child);
      await release();
    };
    return { app, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await release();
    throw error;
  }
}

function childEnvironment(changes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const merged = Object.entries({ ...process.env, ...changes });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

async function quit(app: ElectronApplication, child: ChildProcess): Promise<void> {
  // It has ended by itself.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const late = new AbortController();
  const killLate = pause(quitWithinMs, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  const closed = new Promise<void>((resolve) => app.once('close', () => resolve()));
  // As the system does: a person would be asked about what is in work.
  child.kill('SIGTERM');
  await closed;
  late.abort();
  await killLate;
}
