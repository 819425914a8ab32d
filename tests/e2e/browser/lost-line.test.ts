/** A lost line: the page says so, keeps what it had, and goes on by itself from where it was when the line is back. */

import type { WebSocketRoute } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { announced, epicIn, foundCompany, startEpic } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

it('shows that the line is lost, and heals by itself', async () => {
  const { page } = await openServedPage();
  const lines: WebSocketRoute[] = [];
  let isCut = false;
  await page.routeWebSocket(/\/rpc$/, (line) => {
    if (isCut) return void line.close();
    lines.push(line);
    line.connectToServer();
  });
  await page.reload();
  await foundCompany(page, 'Startup', 'Garage');
  await startEpic(page, 'bug', 'The clock is wrong');
  await epicIn(page, 'The clock is wrong', 'Completed');

  isCut = true;
  for (const line of lines) await line.close();
  const banner = page.getByRole('region', { name: 'Connection lost' });
  await banner.getByText('The connection to the host is lost.').waitFor();
  expect(await announced(page, 'assertive')).toBe('The line to the host is lost; it is tried again.');
  await photograph(page, 'browser', 'line-lost');
  expect(await violations(page)).toEqual([]);
  expect(await page.getByRole('link', { name: 'The clock is wrong' }).count()).toBeGreaterThan(0);

  isCut = false;
  await banner.waitFor({ state: 'hidden', timeout: 20_000 });
  await page.getByText('The connection is back.').waitFor();
  expect(await announced(page, 'polite')).toBe('The line to the host is back.');
  await page.keyboard.press('n');
  await startEpic(page, 'bug', 'The clock is wrong again');
  await epicIn(page, 'The clock is wrong again', 'Completed');
  const complete = 'The epic “The clock is wrong again” is complete.';
  await expect.poll(() => announced(page, 'polite'), { timeout: 10_000 }).toContain(complete);
});

it('opens the address of one gate, also after a reload', async () => {
  const { page } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await startEpic(page, 'bug', 'The clock is wrong');
  await epicIn(page, 'The clock is wrong', 'Completed');
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await page.getByRole('radio', { name: /^History/ }).click({ force: true });
  await page.getByRole('link', { name: /^triage/ }).click();
  await page.getByRole('article', { name: 'triage' }).waitFor();
  expect(page.url()).toMatch(/#\/gates\/gate_/);
  await page.reload();
  await page.getByRole('article', { name: 'triage' }).waitFor();
});
