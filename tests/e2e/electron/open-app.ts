/** The desktop app of this checkout with its first window, closed when the test has ended. */
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchElectron } from './launch.ts';
import type { LaunchedElectron } from './start-electron.ts';

export interface DesktopApp extends LaunchedElectron {
  readonly page: Page;
  readonly dataDir: string;
  /** What the page complained about on its console. */
  readonly complaints: readonly string[];
}

export interface OpenAppOptions {
  readonly dataDir: string;
  /** What the app finds in its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is more in its argv. */
  readonly args?: readonly string[];
}

export async function openApp({ dataDir, env = {}, args = [] }: OpenAppOptions): Promise<DesktopApp> {
  const launched = await launchElectron({ env: { AGENTCOORD_DATA_DIR: dataDir, ...env }, args });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= launched.close();
    return closed;
  };
  onTestFinished(close);
  const page = await launched.app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  return { ...launched, close, page, dataDir, complaints };
}
