/** A page of a real Chromium on a real `agentcoord serve` with a data directory of its own. */
import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { ServingHost } from '../../cli/serving-host.ts';
import { serveWith } from '../../cli/serving-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { launchChromium } from './launch.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the page complained about on its console. */
  readonly complaints: readonly string[];
}

export interface ServedPage extends OpenedPage {
  readonly host: ServingHost;
  /** Of the host. */
  readonly dataDir: string;
  /** With the token. */
  readonly url: string;
}

export interface ServedPageOptions {
  /** Is done in the data directory before the host starts. */
  readonly prepare?: (dataDir: string) => Promise<void>;
  /** More words for `agentcoord serve`. */
  readonly args?: readonly string[];
  /** What the host finds in its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Everything is closed when the test has ended. */
export async function openServedPage({
  prepare,
  args = [],
  env = {},
}: ServedPageOptions = {}): Promise<ServedPage> {
  const dataDir = await temporaryFolder();
  await prepare?.(dataDir);
  const host = await serveWith(env, dataDir, '--port', '0', ...args);
  onTestFinished(async () => {
    await host.end();
  });
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const url = String(host.ready.url);
  return { ...(await openPage(browser, url)), host, dataDir, url };
}

/** In a window of its own, which is closed when the test has ended. */
export async function openPage(browser: Browser, url: string): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  // Runs before the window is closed: these are called in the reverse order.
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `test-results/failed/${task.id}.png` });
  });
  await page.goto(url);
  return { page, complaints };
}
