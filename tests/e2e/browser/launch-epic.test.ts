/** The main job in a browser: found a company, launch, read the evidence, send it back, sign, and see it done. */
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import {
  epicIn,
  foundCompany,
  gateThatNeedsYou,
  openScreen,
  openWorker,
  signedHash,
  signers,
  startEpic,
} from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

const title = 'Ship the beta to ten design partners';

it('takes a launch from the first screen to its end', { timeout: 240_000 }, async () => {
  const { page, complaints } = await openServedPage();
  const screen = async (name: string) => {
    await photograph(page, 'browser', name);
    expect(await violations(page), name).toEqual([]);
  };

  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  await screen('onboarding-template');
  await foundCompany(page, 'Scale-up', 'Night Shift');
  await screen('onboarding-first-epic');
  await startEpic(page, 'launch', title);
  await page.getByRole('heading', { name: 'Work board' }).waitFor();

  let gate = await gateThatNeedsYou(page, 'readiness_check');
  await expect.poll(() => signers(gate).count(), { timeout: 60_000 }).toBe(2);
  expect(await gate.getByRole('heading', { name: /^Test report/ }).count()).toBe(1);
  const firstHash = await signedHash(gate);
  expect(firstHash).toMatch(/^[0-9a-f]{64}$/);
  await screen('gate-waits');

  // Without a note nobody would know what to change: refused in place, before anything is sent.
  await gate.getByRole('button', { name: 'Request changes' }).click();
  await gate.getByText('Say in a note what has to change').waitFor();
  await gate.getByLabel('Note').fill('Test the sign-up on a phone, too.');
  await gate.getByRole('button', { name: 'Request changes' }).click();

  // The rework has another hash, so the two sign-offs were void, and both were given again for it.
  gate = await gateThatNeedsYou(page, 'readiness_check');
  await gate
    .getByRole('region', { name: 'Earlier rounds' })
    .getByText('Test the sign-up on a phone, too.')
    .waitFor();
  await expect.poll(() => signers(gate).count(), { timeout: 60_000 }).toBe(2);
  expect(await signedHash(gate)).not.toBe(firstHash);
  await screen('gate-second-round');

  gate = await gateThatNeedsYou(page, 'readiness_check');
  await gate.getByLabel('Note').fill('Go.');
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await epicIn(page, title, 'Completed');

  await openScreen(page, 'Gates');
  await page.getByText('No gate waits').waitFor();
  await screen('gates-empty');
  await page.getByRole('radio', { name: /^History/ }).click({ force: true });
  await page.getByRole('link', { name: /^readiness_check/ }).click();
  await expect.poll(() => signers(page.getByRole('article', { name: 'readiness_check' })).count()).toBe(3);
  await screen('gate-open');

  await openScreen(page, 'Work board');
  await page.getByRole('link', { name: /Implement feature flags/ }).click();
  const drawer = page.getByRole('complementary', { name: 'Task' });
  await drawer.getByRole('tab', { name: 'change.patch' }).waitFor();
  await screen('board-done');

  await openWorker(page);
  await page.getByRole('log').getByText('ready: works for').first().waitFor();
  await screen('workers-done');

  expect(complaints).toEqual([]);
});
