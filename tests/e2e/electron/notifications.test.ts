/** Notifications of the real desktop app: chosen in its settings, kept over a restart, held in quiet hours, told as one. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../temporary-folder.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, gateThatNeedsYou, openScreen, startEpic } from '../ui/steps.ts';
import { launchElectron } from './launch.ts';

async function openSettings(page: Page): Promise<void> {
  await openScreen(page, 'Settings');
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name: 'Notifications' })
    .click();
}

it('holds back what comes in quiet hours, and tells it when they end; a gate is set aside from its notification', async () => {
  const launched = await launchElectron({ env: { AGENTCOORD_DATA_DIR: await temporaryFolder() } });
  onTestFinished(() => launched.close());
  const { app } = launched;
  const page = await app.firstWindow();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await page.screenshot({ path: `test-results/failed/${task.id}.png` });
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  // There is no desktop here that shows notifications: keeps those that the app would show, and nobody looks at the app.
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: Electron.Notification[] = [];
    Object.assign(globalThis, { shown });
    Object.assign(Notification, { isSupported: () => true });
    Object.assign(BrowserWindow, { getFocusedWindow: () => null });
    Notification.prototype.show = function keep(this: Electron.Notification) {
      shown.push(this);
    };
  });
  const shown = () =>
    app.evaluate(() => {
      const { shown: kept } = globalThis as unknown as { shown: Electron.Notification[] };
      return kept.map(({ title, body, actions }) => `${title}: ${body} [${actions.map(({ text }) => text)}]`);
    });

  await foundCompany(page, 'Scale-up', 'Night Shift');
  await page.getByRole('button', { name: 'Later' }).click();
  await openSettings(page);
  await page.getByRole('button', { name: 'Show one' }).click();
  await expect.poll(shown).toEqual([expect.stringContaining('This is how it looks')]);
  await page.getByText('Keep quiet').click();
  // Whatever the hour is: it is quiet now.
  const [from, to] = await page.evaluate(() => {
    const clock = (minutes: number) => {
      const at = new Date(Date.now() + minutes * 60_000);
      return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
    };
    return [clock(-60), clock(120)] as const;
  });
  await page.getByLabel('From').fill('9');
  await page.getByText('Say it as 22:00.').waitFor();
  await page.getByLabel('From').fill(from);
  await page.getByLabel('To', { exact: true }).fill(to);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  // Without a page of its own, which Electron can't open.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  await photograph(page, 'electron', 'settings-notifications');

  await openScreen(page, 'Work board');
  await page.getByRole('button', { name: 'Start an epic' }).first().click();
  await startEpic(page, 'launch', 'Open the doors');
  const gate = await gateThatNeedsYou(page, 'readiness_check');
  expect(await shown()).toHaveLength(1);

  // They end: what was held back and still waits is told.
  await openSettings(page);
  await page.getByText('Keep quiet').click();
  await expect
    .poll(shown)
    .toEqual([
      expect.any(String),
      'readiness_check needs you: Open the doors · Night Shift [Look at it,In an hour]',
    ]);
  await app.evaluate(() => {
    const { shown: kept } = globalThis as unknown as { shown: Electron.Notification[] };
    kept.at(-1)?.emit('action', {}, 1);
  });
  await openScreen(page, 'Gates');
  await page.getByRole('region', { name: 'Set aside by you' }).getByRole('link').first().click();
  await gate.getByText(/^You have set it aside; back in .*: from a notification$/).waitFor();
});
