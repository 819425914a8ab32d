/** A narrow window, such as a phone's: one column, nothing beside the screen, every decision in reach. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, gateThatNeedsYou, openScreen, openWorker, startEpic } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

const phone = { width: 390, height: 844 };

/** How far the page reaches beyond its window, in pixels. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate('document.scrollingElement.scrollWidth - innerWidth');
}

it('fits a phone, and a gate is signed there', { timeout: 240_000 }, async () => {
  const { page, complaints } = await openServedPage();
  await page.setViewportSize(phone);
  const screen = async (name: string) => {
    expect(await overflow(page), name).toBeLessThanOrEqual(0);
    await photograph(page, 'narrow', name, [phone]);
    expect(await violations(page), name).toEqual([]);
  };

  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  await screen('onboarding-template');
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await screen('onboarding-first-epic');
  await startEpic(page, 'launch', 'Ship the beta');
  await page.getByRole('heading', { name: 'Work board' }).waitFor();
  await screen('board');

  const gate = await gateThatNeedsYou(page, 'readiness_check');
  for (const name of [/^Approve/, 'Request changes', 'Veto']) {
    await expect.poll(() => gate.getByRole('button', { name }).isVisible()).toBe(true);
  }
  await screen('gate');
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await page.getByRole('link', { name: 'Gates', exact: true }).last().click();

  await openScreen(page, 'Home');
  await page.getByText('Completed').first().waitFor();
  await screen('home');
  await openScreen(page, 'Workers');
  await page.getByRole('heading', { name: 'Every worker' }).waitFor();
  await screen('workers');
  await openWorker(page);
  await page.getByRole('log').waitFor();
  await screen('worker');
  expect(complaints).toEqual([]);
});
