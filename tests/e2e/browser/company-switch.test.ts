/** Several companies at one host: one is chosen, and left again for another, by the sidebar and by the palette. */
import { expect, it } from 'vitest';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

it('goes from one company to another, and nothing of the one is seen in the other', async () => {
  const { page, complaints } = await openServedPage({
    prepare: async (dataDir) => {
      for (const name of ['Acme', 'Zenith'])
        await commandsIn(dataDir)('init', '--template', 'startup', '--name', name);
    },
  });
  await page.getByRole('button', { name: 'Acme' }).click();
  const shown = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^${name}.*Switch the company$`) });
  await shown('Acme').click();
  await page.getByRole('menuitemradio', { name: 'Acme', checked: true }).waitFor();
  await page.getByRole('menuitemradio', { name: 'Zenith' }).click();
  await shown('Zenith').waitFor();
  // The last choice counts for the next visit.
  await page.reload();
  await shown('Zenith').waitFor();

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Go to, do, or find by name').fill('switch to');
  await page.getByRole('option', { name: /Switch to Acme/ }).click();
  await shown('Acme').waitFor();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/');

  // An address may name the company: what opens a window in the desktop app does.
  const companies = await page.evaluate(() => localStorage.getItem('agentcoord.company'));
  await shown('Acme').click();
  await page.getByRole('menuitemradio', { name: 'Zenith' }).click();
  await shown('Zenith').waitFor();
  await page.goto(`${page.url().split('#')[0]}?company=${companies}#/gates`);
  await shown('Acme').waitFor();
  expect(await page.evaluate(() => [location.search, location.hash])).toEqual(['', '#/gates']);
  expect(complaints).toEqual([]);
});
