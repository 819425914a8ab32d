/** The desktop app as a person runs it, whatever it was started from: driven by its debugging port alone. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';
import { runCommand } from '../../../build/run-command.ts';
import type { DesktopSession } from './desktop-session.ts';

/** How the app is started: from a checkout, or as it is installed. */
export interface ShellStart {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningShell {
  /** Of its window; waits until there is one. */
  page(): Promise<Page>;
  /** What its pages complained about on their consoles. */
  readonly complaints: readonly string[];
  closeWindow(): Promise<void>;
  /** Ends the process that draws the window as a crash would, and waits for the page that comes after it. */
  crashPage(): Promise<Page>;
  /** A second start of the program; resolves with its exit code. */
  startAgain(...words: readonly string[]): Promise<number | null>;
  /** Asks it to quit as the system does, and waits for that; resolves with its exit code. */
  quit(): Promise<number | null>;
}

export async function startShell(start: ShellStart, session: DesktopSession): Promise<RunningShell> {
  const run = (...words: readonly string[]) =>
    spawn(start.command, ['--no-sandbox', ...start.args, ...words], {
      env: { ...session.env, ...start.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  const child = run('--remote-debugging-port=0');
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const endpoint = await endpointOf(child, exited);
  const complaints: string[] = [];
  let browser: Browser | null = null;
  // A line to a window that is gone, or that crashed, tells nothing of the next one: each gets its own.
  const letGo = () => {
    // It may wait long for an answer of what is gone.
    browser?.close().catch(() => undefined);
    browser = null;
  };
  const page = async () => {
    browser ??= await connect(endpoint, complaints);
    return pagesOf(browser)[0] as Page;
  };
  return {
    page,
    complaints,
    closeWindow: async () => {
      const closing = await page();
      // It answers nothing any more.
      closing.evaluate(() => window.close()).catch(() => undefined);
      await expect.poll(() => shownBy(endpoint), { timeout: 30_000 }).not.toContain('app://');
      letGo();
    },
    crashPage: async () => {
      letGo();
      const broken = await renderersOf(child.pid ?? 0);
      for (const renderer of broken) process.kill(renderer, 'SIGKILL');
      const isAnew = async () => (await renderersOf(child.pid ?? 0)).some((pid) => !broken.includes(pid));
      await expect.poll(isAnew, { timeout: 30_000 }).toBe(true);
      return await page();
    },
    startAgain: async (...words) => {
      const [code] = await once(run(...words), 'exit');
      return code;
    },
    quit: async () => {
      child.kill('SIGTERM');
      const code = await exited;
      letGo();
      return code;
    },
  };
}

async function connect(endpoint: string, complaints: string[]): Promise<Browser> {
  // Whoever connects while the window is being made may wait for it in vain.
  await expect.poll(() => shownBy(endpoint), { timeout: 60_000 }).toContain('app://agentcoord/');
  const browser = await connectPatiently(endpoint);
  const watch = (page: Page) => {
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    // A window that closes at once has no colours to be set.
    page.emulateMedia({ colorScheme: 'dark' }).catch(() => undefined);
  };
  for (const context of browser.contexts()) context.on('page', watch);
  for (const page of pagesOf(browser)) watch(page);
  return browser;
}

/** A window that changes while somebody connects can keep them waiting for ever: they try anew. */
async function connectPatiently(endpoint: string, tries = 8): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: 8_000 });
  } catch (error) {
    if (tries === 1) throw error;
    return await connectPatiently(endpoint, tries - 1);
  }
}

/** The addresses of its pages, as the debugging port lists them. */
async function shownBy(endpoint: string): Promise<string> {
  const answer = await fetch(`http://${new URL(endpoint).host}/json/list`);
  return (await answer.json()).map(({ url }: { url: string }) => url).join(' ');
}

const pagesOf = (browser: Browser): Page[] => browser.contexts().flatMap((context) => context.pages());

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
    throw new Error(`The app ended with ${code} before it had a window:\n${said}`);
  });
  return await Promise.race([found, ended]);
}

/** The processes that draw the pages of the app with that process id. */
async function renderersOf(app: number): Promise<number[]> {
  const rows = (await runCommand('ps', ['-A', '-o', 'pid=,ppid=,args='])).split('\n').flatMap((line) => {
    const [, pid, parent, args = ''] = line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), args }] : [];
  });
  const parents = new Map(rows.map(({ pid, parent }) => [pid, parent]));
  const isOfApp = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === app || isOfApp(parent));
  };
  return rows
    .filter(({ pid, args }) => args.includes('--type=renderer') && isOfApp(pid))
    .map(({ pid }) => pid);
}
