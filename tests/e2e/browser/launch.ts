/** Starts a real Chromium without a window for the browser tests. */
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { inject } from 'vitest';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The caller closes the browser. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: inject('chromium'), args });
}
