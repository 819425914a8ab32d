/** Starts the installed desktop app as its menu entry does, on a screen of its own, and drives it by its debugging port. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Display } from '../electron/virtual-display.ts';
import { openDisplay } from '../electron/virtual-display.ts';

export interface InstalledApp {
  readonly page: Page;
  readonly process: ChildProcess;
  /** Asks it to quit as the system does, and waits for that; resolves with its exit code. */
  quit(): Promise<number | null>;
  /** A second start of the program; resolves with its exit code. */
  startAgain(...args: readonly string[]): Promise<number | null>;
}

export interface InstalledOptions {
  /** Of the desktop program. */
  readonly executable: string;
  /** Where the data of the app and of its Chromium go. */
  readonly folder: string;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startInstalled(options: InstalledOptions): Promise<InstalledApp> {
  const display = await openDisplay();
  const child = start(options, display, ['--remote-debugging-port=0']);
  const exited = once(child, 'exit').then(async ([code]) => {
    await display[Symbol.asyncDispose]();
    return code as number | null;
  });
  const browser = await chromium.connectOverCDP(await endpointOf(child, exited));
  return {
    page: await firstPage(browser),
    process: child,
    quit: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      await browser.close();
      return code;
    },
    startAgain: async (...args) => {
      const [code] = await once(start(options, display, args), 'exit');
      return code;
    },
  };
}

function start(
  { executable, folder, dataDir, env = {} }: InstalledOptions,
  display: Display,
  args: readonly string[],
): ChildProcess {
  const { ELECTRON_OVERRIDE_DIST_PATH: _, AGENTCOORD_SQLITE_BINDING: __, ...own } = process.env;
  return spawn(executable, ['--no-sandbox', `--user-data-dir=${folder}`, ...args], {
    env: { ...own, ...(display.name && { DISPLAY: display.name }), AGENTCOORD_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Chromium says on its error stream where it listens. */
async function endpointOf(child: ChildProcess, exited: Promise<number | null>): Promise<string> {
  let said = '';
  const found = new Promise<string>((resolve) => {
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const [, endpoint] = said.match(/DevTools listening on (ws:\S+)/) ?? [];
      if (endpoint) resolve(endpoint);
    });
  });
  const ended = exited.then((code) => {
    throw new Error(`The installed app ended with ${code} before it had a window:\n${said}`);
  });
  return await Promise.race([found, ended]);
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('the app shows no pages');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}
