/** The first start: a company is chosen or drawn, the demo runs, the person signs, and the epic is done. */
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { epicIn, foundCompany, openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

const workWithinMs = 90_000;

it('ends with a finished epic, signed by the person, and says what now', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await photograph(page, 'browser', 'onboarding-first-epic');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Run the demo' }).click();

  const steps = page.getByRole('list', { name: 'First steps' });
  const current = () => steps.locator('[aria-current=step]').textContent();
  await page.getByRole('status').filter({ hasText: 'The company is at work' }).waitFor();
  expect(await current()).toContain('It works');
  await page.getByRole('list', { name: 'The way of the epic' }).getByText('Execute launch').waitFor();

  // A reload in the middle, and it goes on where it was: everything on it is of the company itself.
  const sign = page.getByRole('button', { name: /^Sign and go on/ });
  await sign.waitFor({ timeout: workWithinMs });
  await page.reload();
  await sign.waitFor();
  expect(await current()).toContain('You sign');
  await page.getByRole('region', { name: 'What you sign' }).getByText('test-report.md').waitFor();
  await photograph(page, 'browser', 'onboarding-sign');
  expect(await violations(page)).toEqual([]);

  // By the keyboard alone.
  await sign.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Your first epic is done' }).waitFor({
    timeout: workWithinMs,
  });
  expect(await steps.locator('[aria-current=step]').count()).toBe(0);
  await expect
    .poll(() => page.getByRole('definition').allTextContents())
    .toEqual([expect.stringMatching(/s$/), '6', expect.stringMatching(/^[3-6]$/), '6', '5']);
  await photograph(page, 'browser', 'onboarding-done');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Open its timeline' }).click();
  await page.getByRole('heading', { name: 'Open the doors' }).waitFor();
  await epicIn(page, 'Open the doors', 'Completed');

  await page.goto(`${new URL(page.url()).origin}/#/first-steps/epic_0000000000000000`);
  await page.getByRole('heading', { name: 'There is no such epic' }).waitFor();
  expect(complaints).toEqual([]);
});

it('leads who draws a company to the chart, and says what it lacks for a demo', async () => {
  const { page, complaints } = await openServedPage();
  await page.getByRole('radio', { name: /^Draw your own/ }).click({ force: true });
  await page.getByLabel('Name of the company').fill('Blank');
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.getByRole('application', { name: /^Org chart/ }).waitFor();
  await openScreen(page, 'Home');
  await page.getByRole('link', { name: 'Watch the demo epic' }).click();
  await page.getByText('This company can’t finish any workflow yet').waitFor();
  expect(await page.getByRole('button', { name: 'Run the demo' }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
