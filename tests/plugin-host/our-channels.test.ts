/** Our own channels keep the contract that every plugin must, in their real processes. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OutboundMessage } from '../../src/contract/plugin/messages.ts';
import { checkChannel, contractRules } from '../../src/plugin-host/check-channel.ts';
import { readPlugin } from '../../src/plugin-host/read-plugin.ts';
import { pluginProgram, pluginsFolder } from '../../src/serve/installation.ts';
import { temporaryFolder } from '../temporary-folder.ts';

it.each(['terminal', 'file'])('%s keeps the contract', async (id) => {
  const plugin = await readPlugin(join(pluginsFolder, id));
  const dataFolder = await temporaryFolder();
  const terminal = await open(join(dataFolder, 'terminal'), 'w');
  const where = { dataFolder, terminalFd: terminal.fd };
  const verdicts = await checkChannel({ plugin, program: pluginProgram, settings: {}, ...where });
  await terminal.close();
  expect(verdicts).toEqual(contractRules.map((rule) => ({ rule, broken: null })));
  if (id === 'terminal') {
    const text = await readFile(join(dataFolder, 'terminal'), 'utf8');
    expect(text).toContain('URGENT');
    // Nobody who writes a message moves the cursor of whoever reads it.
    expect(text).not.toContain('\u001B');
    return;
  }
  const lines = (await readFile(join(dataFolder, 'messages.jsonl'), 'utf8')).trimEnd().split('\n');
  const messages = lines.map((line) => JSON.parse(line) as OutboundMessage);
  expect(messages.filter(({ text }) => text === 'This is URGENT.')).toHaveLength(1);
  expect(messages.filter(({ key }) => key === 'company_check:again:check')).toHaveLength(2);
});
