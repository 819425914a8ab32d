/** The plugins of a running host: looked into, installed, replaced and removed over its own calls, by its owner alone. */
import { generateKeyPairSync } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Host } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';
import type { PackedPlugin } from './packed-plugin.ts';
import { packedPlugin } from './packed-plugin.ts';
import { memoryKeychain } from './paper-chat.ts';

let dataDir: string;
let host: Host;
let owner: Coordination;
let folder: string;
const [author, stranger] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-test-'));
  folder = join(dataDir, 'plugins', 'pigeon');
  host = await openHost({
    dataDir,
    name: 'test',
    workers: 0,
    channelParts: { keychain: memoryKeychain(), env: {} },
  });
  owner = await sessionOf(host.token);
  await owner.createCompany({ from: { file: smallCompany() } });
});

afterAll(async () => {
  await host.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function sessionOf(token: string): Promise<Coordination> {
  const session = host.connect();
  await session.hello({ version: rpcVersion, token, company: null, client: 'test' });
  return session;
}

async function archive(packed?: PackedPlugin): Promise<{ name: string; base64: string }> {
  return { name: 'pigeon.acplug', base64: (await packedPlugin(packed)).toString('base64') };
}

const installed = async () =>
  (await owner.plugins()).plugins
    .filter(({ isBuiltIn }) => !isBuiltIn)
    .map(({ manifest }) => manifest.version);
const isThere = () =>
  access(folder).then(
    () => true,
    () => false,
  );

describe('a plugin', () => {
  it('says what it asks for before anything is kept', async () => {
    const wanted = await archive({ hosts: ['loft.example.com'], key: author.privateKey });
    const seen = await owner.inspectPlugin(wanted);
    expect(seen).toMatchObject({
      manifest: { id: 'pigeon', hosts: ['loft.example.com'], capabilities: ['text', 'rich'] },
      signer: expect.stringMatching(/^[0-9a-f]{64}$/),
      replaces: null,
      changesSigner: false,
    });
    expect(await isThere()).toBe(false);
  });

  it('is refused with what is wrong with its archive, and nothing is kept', async () => {
    const { name, base64 } = await archive({ key: author.privateKey });
    const bytes = Buffer.from(base64, 'base64');
    bytes[bytes.indexOf('pigeon') + 1] = 0x6f;
    for (const [broken, why] of [
      [bytes.toString('base64'), /The plugin in pigeon\.acplug was refused: /],
      [Buffer.from('not a zip').toString('base64'), /is no zip file|no zip file/],
      ['', /zip file/],
    ] as const) {
      await expect(owner.inspectPlugin({ name, base64: broken })).rejects.toThrow(why);
      const call = owner.installPlugin({ name, base64: broken });
      await expect(call).rejects.toMatchObject({ code: 'PLUGIN_INVALID' });
    }
    const ours = await archive({ id: 'slack' });
    await expect(owner.inspectPlugin(ours)).rejects.toThrow('id: slack is one of ours');
    await expect(owner.installPlugin(ours)).rejects.toThrow('id: slack is one of ours');
    await expect(owner.inspectPlugin({ name, base64: 'no base64!' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(await isThere()).toBe(false);
  });

  it('is installed on record, carries a channel, and is no one else’s to replace', async () => {
    await owner.installPlugin(await archive({ key: author.privateKey }));
    expect(await installed()).toEqual(['1.0.0']);
    const { entries } = await owner.query('audit', { types: ['decision.logged'], limit: 1 });
    expect(JSON.stringify(entries)).toContain('Installed the plugin Pigeon post (pigeon) 1.0.0');
    await owner.setChannel({ name: 'loft', plugin: 'pigeon', consent: true });
    await owner.testChannel({ name: 'loft' });

    const other = await archive({ version: '2.0.0', key: stranger.privateKey });
    expect(await owner.inspectPlugin(other)).toMatchObject({
      replaces: { version: '1.0.0' },
      changesSigner: true,
    });
    await expect(owner.installPlugin(other)).rejects.toThrow('is installed as signed by');
    expect(await installed()).toEqual(['1.0.0']);
    await owner.installPlugin({ ...other, changeSigner: true });
    expect(await installed()).toEqual(['2.0.0']);
  });

  it('that asks for more in a new version waits for a new consent in the channel that it carries', async () => {
    await owner.testChannel({ name: 'loft' });
    const more = await archive({ version: '2.1.0', hosts: ['far.example.com'], key: stranger.privateKey });
    await owner.installPlugin(more);
    const loft = (await owner.channels()).find(({ name }) => name === 'loft');
    expect(loft).toMatchObject({ state: 'installed', asksFor: { hosts: ['far.example.com'] } });
  });

  it('is removed once it carries nothing', async () => {
    await expect(owner.removePlugin({ id: 'pigeon' })).rejects.toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining('it carries loft. Remove that channel first'),
    });
    await owner.removeChannel({ name: 'loft' });
    await owner.removePlugin({ id: 'pigeon' });
    expect(await isThere()).toBe(false);
    for (const id of ['pigeon', 'slack', '../../companies']) {
      await expect(owner.removePlugin({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('nobody puts programs onto a host', () => {
  it('who is a member of a company only', async () => {
    const { token } = await owner.createToken({ member: 'ann', access: 'act', name: 'ci' });
    const member = await sessionOf(token);
    const wanted = await archive();
    await expect(member.inspectPlugin(wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(member.installPlugin(wanted)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(member.removePlugin({ id: 'pigeon' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('who acts for an agent by a session of the owner', async () => {
    const session = await sessionOf(host.token);
    await session.actAs({ member: 'ann', pid: process.pid });
    await expect(session.installPlugin(await archive())).rejects.toMatchObject({ code: 'NOT_IN_PERSON' });
    expect(await isThere()).toBe(false);
  });
});
