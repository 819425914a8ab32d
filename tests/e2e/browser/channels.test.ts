/** A person sets up a channel in the app, sees what is wrong with it, tries it, and says what goes there. */
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startKeychain } from '../../cli/keychain.ts';
import { connectOwner } from '../../cli/owner-connection.ts';
import { packedPlugin } from '../../serve/packed-plugin.ts';
import { PaperChat } from '../../serve/paper-chat.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { violations } from '../ui/accessibility.ts';
import { photograph } from '../ui/screenshots.ts';
import { foundCompany, openScreen } from '../ui/steps.ts';
import { openServedPage } from './served-page.ts';

async function choosePlugin(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New channel' });
  await dialog.getByRole('button', { name: /Carried by/ }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** A plugin from a file: what is wrong with one is said in the dialog; a good one is agreed to, carries a channel, and goes again. */
async function installPlugin(page: Page, dataDir: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const good = await packedPlugin({ hosts: ['loft.example.com'], key: privateKey });
  const bad = good.subarray(0, good.length - 40);
  const file = (buffer: Buffer) => ({ name: 'pigeon.acplug', mimeType: 'application/zip', buffer });
  await page.getByRole('radio', { name: 'Plugins', exact: true }).click({ force: true });
  await page.getByRole('article', { name: 'Discord' }).getByText('comes with AgentCoord').waitFor();
  await page.getByRole('button', { name: 'Install from a file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Install a plugin' });
  const picker = dialog.getByLabel('The archive of the plugin');
  await picker.setInputFiles(file(bad));
  await dialog.getByText(/^The plugin in pigeon\.acplug was refused: /).waitFor();
  expect(await dialog.getByRole('button', { name: /^Install it/ }).count()).toBe(0);
  await picker.setInputFiles(file(good));
  const asks = dialog.getByRole('region', { name: 'Pigeon post' });
  await asks.getByText('loft.example.com').waitFor();
  await asks.getByText('signed with the key').waitFor();
  await photograph(page, 'browser', 'plugin-install');
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Install it' }).click();

  const plugin = page.getByRole('article', { name: 'Pigeon post' });
  await plugin.getByText('No channel is carried by it yet.').waitFor();
  const owner = await connectOwner(dataDir, 'Garage');
  onTestFinished(() => owner.close());
  await owner.setChannel({ name: 'loft', plugin: 'pigeon', consent: true });
  await plugin.getByText(/^Healthy · you agreed to this/).waitFor();
  expect(await plugin.getByRole('button', { name: 'Remove' }).isDisabled()).toBe(true);
  await plugin.getByText('To remove it, remove first what it carries: loft.').waitFor();
  await photograph(page, 'browser', 'plugins');
  expect(await violations(page)).toEqual([]);
  await plugin.getByRole('switch', { name: 'The channel loft' }).click({ force: true });
  await plugin.getByText(/^Off/).first().waitFor();
  await owner.removeChannel({ name: 'loft' });
  await plugin.getByText('No channel is carried by it yet.').waitFor();
  await plugin.getByRole('button', { name: 'Remove' }).click();
  const sure = page.getByRole('dialog', { name: 'Remove Pigeon post?' });
  await sure.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Pigeon post is removed.').waitFor();
  await page.getByRole('article', { name: 'Discord' }).waitFor();
}

it('makes, tries, routes and removes a channel; installs a plugin', async () => {
  const folder = join(await temporaryFolder(), 'log');
  const { page, complaints, dataDir } = await openServedPage();
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
  expect(await violations(page)).toEqual([]);
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
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('heading', { name: 'dashboard', exact: true }).waitFor();

  await installPlugin(page, dataDir);
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
  expect(await violations(page)).toEqual([]);
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
