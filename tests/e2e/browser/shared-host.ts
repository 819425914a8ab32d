/** One host and one browser for all tests of a file; each works on a company of its own, on a page of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { rpcVersion } from '../../../src/contract/rpc.ts';
import { connectClient } from '../../../src/rpc/client.ts';
import { openSocketChannel } from '../../../src/rpc/socket-channel.ts';
import { readHostFile } from '../../../src/serve/host-file.ts';
import type { ServingHost } from '../../cli/serving-host.ts';
import { serve } from '../../cli/serving-host.ts';
import { launchChromium } from './launch.ts';
import type { OpenedPage } from './served-page.ts';
import { openPage } from './served-page.ts';

export interface CompanyPage extends OpenedPage {
  /** Of the host. */
  readonly dataDir: string;
}

/**
 * Called once, outside of the tests. Nobody works there but the tests: the host starts no workers.
 * @param names of at least two companies, each made from the grown template
 * @returns opens a page on the company of that name; it is closed when the test has ended
 */
export function shareHost(...names: readonly string[]): (name: string) => Promise<CompanyPage> {
  let dataDir = '';
  let host: ServingHost | null = null;
  let browser: Browser | null = null;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'agentcoord-test-'));
    host = await serve(dataDir, '--port', '0', '--workers', '0');
    browser = await launchChromium();
    await createCompanies(dataDir, names);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.end();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return async (name) => {
    if (!host || !browser) throw new Error('it is opened in a test');
    const opened = await openPage(browser, String(host.ready.url));
    await opened.page.getByRole('button', { name, exact: true }).click();
    await opened.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    return { ...opened, dataDir };
  };
}

async function createCompanies(dataDir: string, names: readonly string[]): Promise<void> {
  const file = await readHostFile(dataDir);
  if (!file) throw new Error(`no host serves ${dataDir}`);
  const client = connectClient(await openSocketChannel(file.socket));
  await client.hello({ version: rpcVersion, token: file.token, client: 'test' });
  for (const name of names) await client.createCompany({ from: { template: 'scaleup' }, name });
  client.close();
}
