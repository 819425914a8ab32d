/** The drawing of an epic in the UI: its steps and gates as they are, changing in place while agents work, walked by keys. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, startEpic } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

/** Where each thing stands on the drawing, by its id. */
const places = (page: Page) =>
  page
    .locator('.react-flow__node')
    .evaluateAll((nodes) =>
      Object.fromEntries(
        nodes.map((node) => [
          node.getAttribute('data-id'),
          node instanceof HTMLElement ? node.style.transform : null,
        ]),
      ),
    );

it('shows an epic as it goes on: who works, what waits and why, which gate needs whom, and nothing jumps', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await startEpic(page, 'launch', 'Open the doors');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Home' }).click();
  await page.getByRole('region', { name: 'Epics' }).getByRole('link', { name: 'Open the doors' }).click();
  await page.getByRole('link', { name: 'Graph' }).click();

  const drawing = page.getByRole('application', { name: 'Steps and gates of “Open the doors”' });
  const node = (title: string) =>
    drawing.locator('.react-flow__node').filter({ has: page.getByTitle(title, { exact: true }) });
  await node('Create launch plan').waitFor();
  expect(await drawing.locator('.react-flow__node').count()).toBe(8);
  const before = await places(page);
  await node('readiness_check')
    .getByText(/sign as (pm|qa_lead|support_lead)/)
    .waitFor({ timeout: 60_000 });
  await node('readiness_check').getByText('2/3').waitFor({ timeout: 60_000 });
  await node('Execute launch')
    .getByText(/readiness_check needs you/)
    .waitFor();
  await node('Create launch plan').getByText('Done', { exact: true }).waitFor();
  await node('Execute launch').getByText('sets the pace').waitFor({ state: 'attached' });
  expect(await places(page)).toEqual(before);
  // Lines that were passed, and the one on which the epic goes on now.
  expect(await drawing.locator('.graph-flow').count()).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  await photograph(page, 'browser', 'epic-graph');

  // By keys alone: the first arrow finds what needs the person, the next ones walk on from there.
  await drawing.focus();
  await page.keyboard.press('ArrowDown');
  const panel = page.getByRole('complementary', { name: 'What is chosen' });
  await panel.getByRole('heading', { name: 'readiness_check' }).waitFor();
  await page
    .getByText(/^Gate readiness_check: Waiting, 2 of 3 signed, needs you$/)
    .first()
    .waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowUp');
  await panel.getByRole('heading', { name: 'Regression testing' }).waitFor();
  await panel.getByText('Handed in').waitFor();
  expect(await violations(page)).toEqual([]);
  await photograph(page, 'browser', 'epic-graph-chosen');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const gate = page.getByRole('article', { name: 'readiness_check' });
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await page.goBack();

  // What the person did shows on the drawing by itself, up to the end.
  await node('readiness_check').getByText(/3\/3/).waitFor();
  await node('Execute launch').getByText('Done', { exact: true }).waitFor({ timeout: 60_000 });
  expect(complaints).toEqual([]);
});
