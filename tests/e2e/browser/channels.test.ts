/** A person sets up a channel in the app, sees what is wrong with it, tries it, and says what goes there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startKeychain } from '../../cli/keychain.ts';
import { PaperChat } from '../../serve/paper-chat.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

async function choosePlugin(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New channel' });
  await dialog.getByRole('button', { name: /Carried by/ }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

it('makes, tries, routes and removes a channel', async () => {
  const folder = join(await temporaryFolder(), 'log');
  const { page, complaints } = await openServedPage();
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  await openScreen(page, 'Channels');
  await page.getByText('Everything is in this app').waitFor();

  await page.getByRole('button', { name: 'New channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'New channel' });
  await choosePlugin(page, 'File');
  await dialog.getByLabel('Folder').fill('somewhere');
  await dialog.getByRole('button', { name: 'Create channel' }).click();
  await dialog.getByText('it must be the whole path of a folder').waitFor();
  await dialog.getByLabel('Folder').fill(folder);
  await dialog.getByRole('button', { name: 'Create channel' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByRole('heading', { name: 'file', exact: true }).waitFor();
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Send test message' }).click();
  await page.getByText('A test message was sent to file.').waitFor();
  expect(await readFile(join(folder, 'messages.jsonl'), 'utf8')).toContain('The channel file works.');

  await page.getByRole('radiogroup', { name: 'Tasks' }).getByText('Everything').click();
  await page.getByLabel('From', { exact: true }).fill('22:00');
  await page.getByLabel('To', { exact: true }).fill('07:00');
  await page.getByRole('button', { name: 'Save' }).last().click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'file', exact: true }).waitFor();
  await expect.poll(() => page.getByLabel('From', { exact: true }).inputValue()).toBe('22:00');
  await photograph(page, 'browser', 'channels');

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('heading', { name: 'dashboard', exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

it('makes one of somebody else’s plugin: a secret for the keychain, a consent, a code for oneself', async () => {
  const keychain = await startKeychain();
  onTestFinished(() => keychain.stop());
  const chat = new PaperChat(join(await temporaryFolder(), 'service'));
  const { page, complaints } = await openServedPage({ prepare: PaperChat.install, env: keychain.env });
  await foundCompany(page, 'Startup', 'Garage');
  await page.getByRole('button', { name: 'Later' }).click();
  await openScreen(page, 'Channels');
  await page.getByRole('button', { name: 'New channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'New channel' });
  await choosePlugin(page, 'Paper chat');
  await dialog.getByLabel('Folder').fill(chat.folder);
  await dialog.getByLabel('Password').fill('correct-horse');
  expect(await dialog.getByLabel('Password').getAttribute('type')).toBe('password');
  await dialog.getByRole('button', { name: 'Create channel' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await page.getByText('Its plugin asks for your consent').waitFor();
  await photograph(page, 'browser', 'channels-consent');
  await page.getByRole('button', { name: /^I agree|^Agree/ }).click();
  await page.getByText('Ready', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Link my account' }).click();
  const code = (await page.getByText(/^link [0-9A-Z]{5}-[0-9A-Z]{5}$/).textContent()) ?? '';
  const olga = { id: 'U-olga', name: 'Olga' };
  expect(await chat.does({ kind: 'command', id: 'm1', from: olga, text: code })).toMatchObject({ ok: true });
  await page.reload();
  await page.getByText('U-olga').waitFor();
  await page.getByRole('button', { name: 'Unlink' }).click();
  await page.getByText('U-olga').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
