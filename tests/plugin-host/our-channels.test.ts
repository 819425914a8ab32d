/** Our own channels keep the contract that every plugin must, in their real processes. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { OutboundMessage } from '../../src/contract/plugin/messages.ts';
import type { Settings } from '../../src/contract/plugin/settings-schema.ts';
import { checkChannel, contractRules } from '../../src/plugin-host/check-channel.ts';
import { readPlugin } from '../../src/plugin-host/read-plugin.ts';
import { pluginProgram, pluginsFolder } from '../../src/serve/installation.ts';
import { DiscordService } from '../plugins/discord/discord-service.ts';
import { SlackWorkspace } from '../plugins/slack/slack-workspace.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** In the folder there is what it wrote. */
async function keepsContract(id: string, settings: Settings = {}): Promise<string> {
  const plugin = await readPlugin(join(pluginsFolder, id));
  const dataFolder = await temporaryFolder();
  const terminal = await open(join(dataFolder, 'terminal'), 'w');
  const where = { dataFolder, terminalFd: terminal.fd };
  const verdicts = await checkChannel({ plugin, program: pluginProgram, settings, ...where });
  await terminal.close();
  expect(verdicts).toEqual(contractRules.map((rule) => ({ rule, broken: null })));
  return dataFolder;
}

it('terminal keeps the contract', async () => {
  const text = await readFile(join(await keepsContract('terminal'), 'terminal'), 'utf8');
  expect(text).toContain('URGENT');
  // Nobody who writes a message moves the cursor of whoever reads it.
  expect(text).not.toContain('\u001B');
});

it('file keeps the contract', async () => {
  const folder = await keepsContract('file');
  const lines = (await readFile(join(folder, 'messages.jsonl'), 'utf8')).trimEnd().split('\n');
  const messages = lines.map((line) => JSON.parse(line) as OutboundMessage);
  expect(messages.filter(({ text }) => text === 'This is URGENT.')).toHaveLength(1);
  expect(messages.filter(({ key }) => key === 'company_check:again:check')).toHaveLength(2);
});

it('slack keeps the contract', async () => {
  const workspace = await SlackWorkspace.open();
  onTestFinished(() => workspace.close());
  await keepsContract('slack', workspace.settings);
  const keys = (await workspace.messages()).map((message) => JSON.stringify(message));
  expect(keys.filter((message) => message.includes('This is URGENT.'))).toHaveLength(1);
  // Slack has no keys of its own for what comes twice: the channel knows what it has sent.
  expect(keys.filter((message) => message.includes('company_check:again:check'))).toHaveLength(1);
});

it('discord keeps the contract', async () => {
  const service = await DiscordService.open();
  onTestFinished(() => service.close());
  await keepsContract('discord', service.settings);
  expect(service.violations).toEqual([]);
  const texts = service.sent.map(({ embeds }) => embeds[0]?.['description']);
  expect(texts.filter((text) => text === 'This is URGENT.')).toHaveLength(1);
  expect(new Set(service.sent.map(({ nonce }) => nonce)).size).toBe(service.sent.length);
});
