/** A channel that is open while its settings are tried, and one whose plugin wants more than was agreed to. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { writeFlag } from '../../src/plugin-host/plugin-permissions.ts';
import { processesWith } from '../../src/process/process-group.ts';
import { pluginProgram } from '../../src/serve/installation.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { memoryKeychain, PaperChat } from './paper-chat.ts';

const keychain = memoryKeychain();

async function open(dataDir: string): Promise<{ owner: Coordination; close: () => Promise<void> }> {
  const host = await openHost({ dataDir, name: 'test', workers: 0, channelParts: { keychain, env: {} } });
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  return { owner, close: () => host.close() };
}

const stateOf = async (owner: Coordination) =>
  (await owner.channels()).find(({ name }) => name === 'chat')?.state;

it('leaves an open channel alone while other settings are tried, and runs nothing that wants more than was agreed to', async () => {
  const dataDir = await temporaryFolder();
  const chat = new PaperChat(join(dataDir, 'service'));
  await PaperChat.install(dataDir);
  const first = await open(dataDir);
  const company = await first.owner.createCompany({ from: { file: smallCompany() } });
  const settings = { folder: chat.folder, password: 'correct-horse' };
  await first.owner.setChannel({ name: 'chat', plugin: 'paper-chat', consent: true, settings });
  await expect.poll(() => stateOf(first.owner), { timeout: 30_000 }).toBe('ready');
  const running = () =>
    processesWith([
      pluginProgram.module,
      writeFlag(join(dataDir, 'companies', company.id, 'channels', 'chat')),
    ]);
  const [pid, ...others] = await running();
  expect(others).toEqual([]);
  const wrong = { ...settings, password: 'wrong-password' };
  await expect(first.owner.setChannel({ name: 'chat', settings: wrong })).rejects.toThrow(
    'the service does not know it',
  );
  expect(await stateOf(first.owner)).toBe('ready');
  expect(await running()).toEqual([pid]);
  await first.close();

  const manifest = join(dataDir, 'plugins', 'paper-chat', 'manifest.json');
  const wider = {
    ...JSON.parse(await readFile(manifest, 'utf8')),
    version: '1.1.0',
    hosts: ['example.org:443'],
  };
  await writeFile(manifest, JSON.stringify(wider));
  const second = await open(dataDir);
  onTestFinished(() => second.close());
  expect(await stateOf(second.owner)).toBe('installed');
  await second.owner.setChannel({ name: 'chat', settings: { mood: 'good' } });
  expect(await stateOf(second.owner)).toBe('installed');
  expect(await running()).toEqual([]);
  await second.owner.setChannel({ name: 'chat', consent: true });
  await expect.poll(() => stateOf(second.owner), { timeout: 30_000 }).toBe('ready');
});
