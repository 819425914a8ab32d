/** The settings: each is applied at once, kept over a reload and in other windows, and found by its words. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

/** One size is enough for what is laid out alike. */
const usual = { width: 1440, height: 900 };

const choose = (page: Page, group: string, name: string) =>
  page.getByRole('radiogroup', { name: group }).getByRole('radio', { name }).click({ force: true });

const look = (page: Page) =>
  page.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.documentElement);
    const link = document.querySelector('nav a');
    return { ground: backgroundColor, linkPx: link?.getBoundingClientRect().height ?? 0 };
  });

it('changes how everything looks at once, in every window, and for the next visit', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  // By keys alone: to the settings, and to the choice.
  await page.keyboard.press('g');
  await page.keyboard.press(',');
  await page.getByRole('heading', { name: 'Appearance' }).waitFor();
  const first = await look(page);
  const moves = () =>
    page.evaluate(() => {
      const link = document.querySelector('nav a');
      return link ? Number.parseFloat(getComputedStyle(link).transitionDuration) : 1;
    });
  // As long as nobody chooses, it is as the system has it.
  expect(await moves()).toBeGreaterThan(0.1);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expect.poll(async () => (await look(page)).ground).not.toBe(first.ground);
  expect(await moves()).toBeLessThan(0.01);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: null });
  await expect.poll(async () => (await look(page)).ground).toBe(first.ground);
  const other = await page.context().newPage();
  await other.goto(page.url());

  await choose(page, 'Theme', 'Light');
  await expect.poll(async () => (await look(page)).ground).not.toBe(first.ground);
  await choose(page, 'Density', 'Compact');
  await expect.poll(async () => (await look(page)).linkPx).toBeLessThan(first.linkPx);
  const compact = await look(page);
  await choose(page, 'Density', 'Roomy');
  await expect.poll(async () => (await look(page)).linkPx).toBeGreaterThan(first.linkPx);
  const roomy = await look(page);
  expect(roomy.linkPx / compact.linkPx).toBeGreaterThan(1.3);
  await choose(page, 'Motion', 'Less motion');
  await expect.poll(moves).toBeLessThan(0.01);
  // The other window heard of it without a reload.
  await other.evaluate(
    (ground) =>
      new Promise<void>((resolve) => {
        const look = () =>
          getComputedStyle(document.documentElement).backgroundColor === ground
            ? resolve()
            : requestAnimationFrame(look);
        look();
      }),
    roomy.ground,
  );
  await other.close();
  await page.reload();
  await openScreen(page, 'Settings');
  expect(await look(page)).toEqual(roomy);
  expect(await moves()).toBeLessThan(0.01);
  expect(complaints).toEqual([]);
});

it('finds a setting by its words, says what is where, and makes and withdraws tokens', async () => {
  let dataDir = '';
  const { page, url, complaints } = await openServedPage({
    prepare: async (folder) => {
      dataDir = folder;
    },
  });
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  await openScreen(page, 'Settings');
  await photograph(page, 'browser', 'settings');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.keyboard.type('redis');
  await page.getByRole('heading', { name: 'Kept at' }).waitFor();
  await page.getByText('This host alone', { exact: true }).waitFor();
  expect(await page.getByRole('radiogroup', { name: 'Theme' }).count()).toBe(0);
  await page.getByRole('searchbox').fill('claude');
  await page.getByRole('heading', { name: 'Coding agents of this machine' }).waitFor();
  await page.getByText('Claude Code', { exact: true }).waitFor();
  await photograph(page, 'browser', 'settings-coding-agents', [usual]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('searchbox').fill('no such thing');
  await page.getByRole('heading', { name: 'No setting has such a name' }).waitFor();
  expect(await violations(page)).toEqual([]);

  const section = (name: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name }).click();
  await section('Company and host');
  await page.getByText(dataDir, { exact: true }).waitFor();
  await page.getByText(new URL(url).origin, { exact: true }).waitFor();
  await page.getByText('agentcoord serve,').waitFor();
  await photograph(page, 'browser', 'settings-company', [usual]);
  expect(await violations(page)).toEqual([]);
  await section('About');
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  await page.getByText(`AgentCoord ${version}`).waitFor();
  await page.getByRole('cell', { name: 'react-aria-components' }).waitFor();
  await photograph(page, 'browser', 'settings-about', [usual]);
  expect(await violations(page)).toEqual([]);
  await section('Keyboard');
  await page.getByText('Walk over members, teams, departments', { exact: false }).waitFor();
  await photograph(page, 'browser', 'settings-keys', [usual]);
  expect(await violations(page)).toEqual([]);
  // An address that somebody made up.
  await page.goto(`${new URL(page.url()).origin}/#/settings/passwords`);
  await page.getByRole('heading', { name: 'There is no such section' }).waitFor();

  // A token is good at once, shown once, and taken back for good.
  await page.goto(`${new URL(page.url()).origin}/#/settings/tokens`);
  await page.getByText('Nobody has one yet.').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  const form = page.getByRole('dialog', { name: 'New token' });
  expect(await form.getByRole('button', { name: 'Make token' }).isDisabled()).toBe(true);
  await form.getByLabel('Name').fill('Build server');
  await form.getByRole('button', { name: 'Make token' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'it is shown this once' });
  const token = (await notice.locator('.font-mono').textContent()) ?? '';
  const ask = () =>
    fetch(new URL('/api/v1/companies/Garage/queries/status', url), {
      headers: { authorization: `Bearer ${token}` },
    }).then(({ status }) => status);
  expect(await ask()).toBe(200);
  await photograph(page, 'browser', 'settings-tokens', [usual]);
  expect(await violations(page)).toEqual([]);

  // The same name again is refused where it was given.
  await page.getByRole('button', { name: 'New token' }).click();
  await form.getByLabel('Name').fill('Build server');
  await form.getByRole('button', { name: 'Make token' }).click();
  await form.getByRole('alert').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Withdraw Build server' }).click();
  const asked = page.getByRole('dialog', { name: 'Withdraw Build server?' });
  await asked.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByText('Nobody has one yet.').waitFor();
  expect(await ask()).toBe(401);
  await page.reload();
  expect(await page.getByText(token).count()).toBe(0);
  expect(complaints).toEqual([]);
});
