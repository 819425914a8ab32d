/** One channel never gets what is another's: real processes, which tell what they were given, through changes and restarts. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CompanyFileInput } from '../../src/core/org/company-file.ts';
import type { Host } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { memoryKeychain } from './paper-chat.ts';

const manifest = {
  ...{ id: 'teller', version: '1.0.0', apiVersion: '^1.0.0', displayName: 'Teller', kind: 'channel' },
  capabilities: ['text'],
  configSchema: {
    type: 'object',
    properties: {
      folder: { type: 'string', format: 'folder' },
      token: { type: 'string', format: 'secret' },
      botToken: { type: 'string', format: 'secret' },
    },
    required: ['folder'],
  },
};
const code = `import { appendFile } from 'node:fs/promises';
export default {
  open: async ({ folder, ...given }) => {
    const told = { given, environment: process.env, arguments: [...process.execArgv, ...process.argv].join(' ') };
    await appendFile(folder + '/told.jsonl', JSON.stringify(told) + '\\n');
    return { send: async ({ key }) => ({ id: key }) };
  },
};`;

interface Told {
  readonly given: Readonly<Record<string, string>>;
  readonly environment: object;
  readonly arguments: string;
}

async function openTellers(env: Readonly<Record<string, string>> = {}) {
  const dataDir = await temporaryFolder();
  const plugin = join(dataDir, 'plugins', 'teller');
  await mkdir(plugin, { recursive: true });
  await writeFile(join(plugin, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(plugin, 'index.js'), code);
  const keychain = memoryKeychain();
  let host: Host | null = null;
  onTestFinished(async () => host?.close());
  const start = async (file: Pick<CompanyFileInput, 'channels'> | null): Promise<Coordination> => {
    await host?.close();
    host = await openHost({ dataDir, name: 'test', workers: 0, channelParts: { keychain, env } });
    const owner = host.connect();
    await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
    if (file) await owner.createCompany({ from: { file: { ...smallCompany(), ...file } } });
    return owner;
  };
  const folderOf = (name: string) => join(dataDir, `of-${name}`);
  return {
    ...{ start, folderOf, keychain },
    /** What the processes of that channel were told since somebody looked last, once there are so many. */
    told: async (name: string, count = 1): Promise<Told[]> => {
      const file = join(folderOf(name), 'told.jsonl');
      const read = async () => (await readFile(file, 'utf8').catch(() => '')).trimEnd().split('\n');
      await expect.poll(async () => (await read()).filter(Boolean).length, { timeout: 30_000 }).toBe(count);
      const lines = await read();
      await rm(file);
      return lines.map((line) => JSON.parse(line) as Told);
    },
  };
}

const given = (told: readonly Told[]) => told.map((one) => one.given);

it('each gets its own, also after it was set anew, after a restart, and when another is taken away', async () => {
  const { start, told, folderOf, keychain } = await openTellers();
  let owner = await start({});
  const set = (name: string, token: string) =>
    owner.setChannel({
      ...{ name, plugin: 'teller', consent: true, settings: { folder: folderOf(name), token } },
    });
  await set('one', 'sesame-one');
  await set('two', 'sesame-two');
  const all = [...(await told('one')), ...(await told('two'))];
  expect(given(all)).toEqual([{ token: 'sesame-one' }, { token: 'sesame-two' }]);
  for (const one of all) {
    expect(one.environment).toEqual({});
    expect(one.arguments).not.toContain('sesame');
  }
  await owner.setChannel({ name: 'one', settings: { token: 'sesame-three' } });
  expect(given(await told('one'))).toEqual([{ token: 'sesame-three' }]);

  owner = await start(null);
  await owner.testChannel({ name: 'one' });
  await owner.testChannel({ name: 'two' });
  // One process of each: what a channel was before is no channel.
  expect(given(await told('one'))).toEqual([{ token: 'sesame-three' }]);
  expect(given(await told('two'))).toEqual([{ token: 'sesame-two' }]);
  expect((await owner.channels()).map(({ name }) => name)).toEqual(['dashboard', 'one', 'two']);

  await owner.removeChannel({ name: 'one' });
  expect([...keychain.kept.values()]).toEqual(['sesame-two']);
  // A new one of that name inherits nothing.
  await owner.setChannel({
    ...{ name: 'one', plugin: 'teller', consent: true, settings: { folder: folderOf('one') } },
  });
  expect(given(await told('one'))).toEqual([{}]);
});

const variable = 'AGENTCOORD_CHANNEL_CHAT_BOT_TOKEN';

it('a variable of the environment that could be of two channels is given to the one that needs it, or is refused in words', async () => {
  // The setting `botToken` of `chat` and the setting `token` of `chat-bot` are called the same there.
  const { start, told, folderOf } = await openTellers({ [variable]: 'sesame-env' });
  let owner = await start({});
  const set = (name: string, settings: object = {}) =>
    owner.setChannel({
      ...{ name, plugin: 'teller', consent: true, settings: { folder: folderOf(name), ...settings } },
    });
  await set('chat');
  expect(given(await told('chat'))).toEqual([{ botToken: 'sesame-env' }]);
  await expect(set('chat-bot')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    details: {
      faults: [
        {
          field: 'token',
          message: expect.stringContaining(
            `${variable} is not used, for it could be that of the channel chat, too`,
          ),
        },
      ],
    },
  });
  await set('chat-bot', { token: 'sesame-own' });
  expect(given(await told('chat-bot'))).toEqual([{ token: 'sesame-own' }]);
  owner = await start(null);
  await owner.testChannel({ name: 'chat' });
  await owner.testChannel({ name: 'chat-bot' });
  expect(given(await told('chat'))).toEqual([{ botToken: 'sesame-env' }]);
  expect(given(await told('chat-bot'))).toEqual([{ token: 'sesame-own' }]);
});

it('nobody gets a variable that could be of two channels of a company file', async () => {
  const { start, folderOf } = await openTellers({ [variable]: 'sesame-env' });
  const channels = ['chat', 'chat-bot'].map((name) => ({
    ...{ name, plugin: 'teller', settings: { folder: folderOf(name) } },
  }));
  const owner = await start({ channels });
  for (const { name } of channels)
    await expect(owner.setChannel({ name, consent: true })).rejects.toThrow(`${variable} is not used`);
  for (const view of (await owner.channels()).slice(1))
    expect(view).toMatchObject({
      ...{ state: 'installed', reason: expect.stringContaining(`${variable} is not used`) },
    });
  for (const { name } of channels)
    await expect(readFile(join(folderOf(name), 'told.jsonl'))).rejects.toThrow();
});
