/** Proves that the browser runtime of the tests works: a page from a local server is shown and drawn. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { launchChromium } from './launch.ts';

it('shows a page of a local server', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      '<!doctype html><title>Local</title><h1>Served</h1><script>document.body.append(6 * 7)</script>',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await page.title()).toBe('Local');
    expect(await page.locator('body').textContent()).toMatch(/Served.*42/);
    expect((await page.screenshot()).byteLength).toBeGreaterThan(1_000);
  } finally {
    await browser.close();
    server.close();
  }
});
