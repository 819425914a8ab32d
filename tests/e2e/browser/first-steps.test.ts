/** The first steps, and where they are refused: what a company can't run, an address without a token, other data. */
import { expect, it } from 'vitest';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { epicIn, foundCompany, startEpic } from '../ui/steps.ts';
import { commandsIn } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

it('says which workflows a template can not run, and why', async () => {
  const { page } = await openServedPage();
  await page.getByRole('radio', { name: /^Startup/ }).click({ force: true });
  const launch = page.getByRole('listitem').filter({ hasText: 'Why launch can’t run' });
  await launch.getByText('Why launch can’t run').click();
  await launch.getByText(/Nobody can take step 5/).waitFor();
});

it('runs a bug to its end with agents alone', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await startEpic(page, 'bug', 'The sign-up button does nothing');
  await epicIn(page, 'The sign-up button does nothing', 'Completed');
  expect(complaints).toEqual([]);
});

it('repairs a company that can not finish a workflow, one click from the reason', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('radio', { name: /^launch/ }).click({ force: true });
  await page.getByText('This company can’t finish launch yet').waitFor();
  await photograph(page, 'browser', 'not-satisfiable');
  expect(await violations(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Start epic' }).count()).toBe(0);
  const reasons = page.getByRole('list', { name: 'What stands in the way' });
  await reasons.getByRole('button', { name: 'Add support_lead' }).click();
  await reasons.waitFor({ state: 'hidden' });
  await startEpic(page, 'launch', 'Open the doors');
  await page.getByRole('heading', { name: 'Work board' }).waitFor();
  expect(complaints).toEqual([]);
});

it('tells a page without a token how to get one, and keeps the token out of the address', async () => {
  const { page, url, dataDir } = await openServedPage();
  await page.getByRole('radio', { name: /^Scale-up/ }).waitFor();
  await photograph(page, 'browser', 'onboarding-template');
  expect(await violations(page)).toEqual([]);
  expect(page.url()).not.toContain('token');
  const stranger = await page.context().browser()?.newPage();
  await stranger?.goto(new URL('/', url).href);
  await stranger?.getByText('This address has no token').waitFor();
  expect(stranger && (await violations(stranger))).toEqual([]);
  await stranger?.close();

  // Several companies, of which one is chosen; and a token of another host, which says what to do.
  for (const name of ['Garage', 'Attic'])
    await commandsIn(dataDir)('init', '--template', 'startup', '--name', name);
  await page.reload();
  await page.getByRole('heading', { name: 'Which company?' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await photograph(page, 'browser', 'choose-company', [{ width: 1440, height: 900 }]);
  await page.getByRole('button', { name: 'Attic' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await page.evaluate(() => sessionStorage.setItem('agentcoord.token', 'of another host'));
  await page.reload();
  await page.getByRole('heading', { name: /^The host (does not know you|was started anew)$/ }).waitFor();
  expect(await violations(page)).toEqual([]);
});

it('shows every key on ?, and is led by keys alone', async () => {
  const { page } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('heading', { name: 'No work yet' }).waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByText('Request changes').waitFor();
  await photograph(page, 'browser', 'keys');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });

  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await page.getByRole('heading', { name: 'No worker runs' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.getByRole('heading', { name: 'No epic yet' }).waitFor();
  await photograph(page, 'browser', 'home-empty');
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Start an epic' }).getByLabel('Title').fill('The clock is wrong');
  await page.keyboard.press('Enter');
  await epicIn(page, 'The clock is wrong', 'Completed');
});
