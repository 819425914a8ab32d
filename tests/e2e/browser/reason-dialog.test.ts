/** A dialog that asks why forgets what was written and what was refused when it is left. */
import { expect, it } from 'vitest';
import { foundCompany, openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

it('opens empty again, after it was left and after a refusal', async () => {
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  await openScreen(page, 'Home');
  const dialog = page.getByRole('dialog', { name: 'Pause the company?' });
  const reason = dialog.getByLabel('Why? Everybody reads it');
  const open = async () => {
    await page.getByRole('button', { name: 'The whole company' }).click();
    await page.getByRole('menuitem', { name: 'Pause the company…' }).click();
    await dialog.waitFor();
  };
  const left = () => dialog.waitFor({ state: 'hidden' });

  await open();
  await reason.fill('not now after all');
  await dialog.getByRole('button', { name: 'Let it work' }).last().click();
  await left();
  await open();
  expect(await reason.inputValue()).toBe('');

  // More than a reason may have.
  await reason.fill('because '.repeat(600));
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await page.keyboard.press('Escape');
  await left();
  await open();
  expect(await reason.inputValue()).toBe('');
  expect(await dialog.getByRole('alert').count()).toBe(0);

  await reason.fill('a release');
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await left();
  await page.getByText('The company is paused.').waitFor();
  expect(complaints).toEqual([]);
});
