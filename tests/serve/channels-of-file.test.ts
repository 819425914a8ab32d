/** The channels that a company file names: there with the company, without a secret, and refused in words when they can't be. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CompanyFileInput } from '../../src/core/org/company-file.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { memoryKeychain, PaperChat } from './paper-chat.ts';

type Channels = NonNullable<CompanyFileInput['channels']>;

async function hosted(): Promise<{
  dataDir: string;
  owner: Coordination;
  make(channels: Channels): Promise<unknown>;
}> {
  const dataDir = await temporaryFolder();
  await PaperChat.install(dataDir);
  const channelParts = { keychain: memoryKeychain(), env: {} };
  const host = await openHost({ dataDir, name: 'test', workers: 0, channelParts });
  onTestFinished(() => host.close());
  const owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  return {
    ...{ dataDir, owner },
    make: (channels) => owner.createCompany({ from: { file: { ...smallCompany(), channels } } }),
  };
}

it('are set up with the company: what is said gets there, and what needs a person waits for one', async () => {
  const { dataDir, owner, make } = await hosted();
  const service = join(dataDir, 'service');
  await make([
    'dashboard',
    {
      ...{ name: 'log', plugin: 'file', settings: { folder: join(dataDir, 'log'), keep: 3 } },
      ...{ routes: { message: 'HIGH' }, quiet: { from: '22:00', to: '07:00', zone: 'Europe/Berlin' } },
      digest: { up_to: 'LOW', every_minutes: 30 },
    },
    { name: 'team', plugin: 'paper-chat', settings: { folder: service } },
  ]);
  const [, log, team] = await owner.channels();
  expect(log).toMatchObject({
    ...{ name: 'log', plugin: 'file', settings: { keep: 3 } },
    rules: {
      routes: { message: 'HIGH' },
      quiet: { from: '22:00', zone: 'Europe/Berlin' },
      digest: { upTo: 'LOW', everyMinutes: 30 },
    },
  });
  expect(team).toMatchObject({
    ...{ name: 'team', state: 'installed', secrets: [] },
    asksFor: { hosts: [], capabilities: expect.arrayContaining(['inbound']) },
    reason: expect.stringContaining('it lacks settings: password: it is needed'),
  });
  await owner.setChannel({ name: 'team', consent: true, settings: { password: 'correct-horse' } });
  await owner.command({
    type: 'channel.post',
    channels: null,
    title: 'Hello',
    text: 'To all.',
    priority: 'URGENT',
  });
  const chat = new PaperChat(service);
  await chat.sees(({ text }) => text === 'To all.');
  await expect
    .poll(() => readFile(join(dataDir, 'log', 'messages.jsonl'), 'utf8').catch(() => ''), { timeout: 30_000 })
    .toContain('To all.');
});

it.each<[string, Channels, string]>([
  [
    'a secret',
    [{ name: 'team', plugin: 'paper-chat', settings: { folder: '/tmp/x', password: 'correct-horse' } }],
    'channels[0].settings.password: it is a secret, and those never stand in a file',
  ],
  [
    'an unknown plugin',
    ['dashboard', { name: 'team', plugin: 'paper-chatt' }],
    'channels[1].plugin: there is no plugin `paper-chatt` to carry the channel `team` - did you mean `paper-chat`?',
  ],
  ['a name alone that no plugin has', ['chat'], 'channels[0]: there is no plugin `chat`'],
  [
    'a setting of another kind',
    [{ name: 'log', plugin: 'file', settings: { keep: 'many' } }],
    'channels[0].settings.keep: it must be a number',
  ],
  [
    'a setting that there is not',
    [{ name: 'log', plugin: 'file', settings: { colour: 'red' } }],
    'channels[0].settings.colour: there is no such setting',
  ],
])('are refused with %s, and the company with them', async (_what, channels, why) => {
  const { dataDir, make } = await hosted();
  const error = await make(channels).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(why) });
  expect(String(error)).not.toContain('correct-horse');
  expect(await readdir(join(dataDir, 'companies'))).toEqual([]);
});
