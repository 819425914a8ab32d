/** What is in an `.acplug`, and every way in which one is refused. */
import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchive, packPlugin } from '../../src/plugin-host/archive/plugin-archive.ts';
import { readZip, writeZip } from '../../src/plugin-host/archive/zip.ts';
import { findPlugins } from '../../src/plugin-host/find-plugins.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const manifest = {
  id: 'chat',
  version: '1.0.0',
  apiVersion: '^1.0.0',
  displayName: 'Chat',
  kind: 'channel',
  capabilities: ['text'],
};
const limits = { entries: 10, entryBytes: 1_000, totalBytes: 1_500 };

async function pluginFolder(said: object = manifest): Promise<string> {
  const folder = join(await temporaryFolder(), 'chat');
  await mkdir(folder);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(said));
  await writeFile(
    join(folder, 'index.js'),
    'export default { open: () => ({ send: async () => ({ id: "1" }) }) };',
  );
  return folder;
}

/** The same archive with one entry changed; its checksums are not. */
function altered(bytes: Buffer, path: string, change: (bytes: Buffer) => Buffer): Buffer {
  const entries = readZip(bytes, { entries: 99, entryBytes: 1e6, totalBytes: 1e6 });
  return writeZip(
    entries.map((entry) => (entry.path === path ? { path, bytes: change(entry.bytes) } : entry)),
  );
}

describe('an archive', () => {
  it('holds what was packed, and says who signed it', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const folder = await pluginFolder();
    await writeFile(join(folder, '.secret'), 'hidden');
    const signed = openArchive((await packPlugin(folder, privateKey)).bytes, 'chat.acplug');
    expect(signed.manifest.id).toBe('chat');
    expect(signed.files.map(({ path }) => path)).toEqual(['index.js', 'manifest.json']);
    expect(signed.signer).toMatch(/^[0-9a-f]{64}$/);
    expect(openArchive((await packPlugin(folder, null)).bytes, 'chat.acplug').signer).toBeNull();
  });

  it('is the same each time that the same is packed', async () => {
    const folder = await pluginFolder();
    expect((await packPlugin(folder, null)).bytes).toEqual((await packPlugin(folder, null)).bytes);
  });

  it.each([
    ['a changed file', 'index.js', 'index.js is not what checksums.json says'],
    ['a changed list', 'checksums.json', 'its signature is not that of the key'],
    ['no signature at all in its place', 'signature.json', 'signature.json is not what it should be'],
  ])('is refused with %s', async (_what, path, why) => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const { bytes } = await packPlugin(await pluginFolder(), privateKey);
    const changed = altered(bytes, path, (was) => Buffer.concat([was, Buffer.from(' x')]));
    expect(() => openArchive(changed, 'chat.acplug')).toThrow(why);
  });

  it('is refused with the signature of another key', async () => {
    const folder = await pluginFolder();
    const [one, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const bytes = (await packPlugin(folder, one.privateKey)).bytes;
    const key = other.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const forged = altered(bytes, 'signature.json', (was) =>
      Buffer.from(JSON.stringify({ ...JSON.parse(was.toString()), publicKey: key })),
    );
    expect(() => openArchive(forged, 'chat.acplug')).toThrow('it was changed after it was signed');
  });
});

describe('a zip file', () => {
  it.each([
    '../evil',
    'a/../../evil',
    '/etc/passwd',
    'C:/evil',
    'a\\..\\evil',
    'a//b',
    'nul.txt',
    'a/. /b',
    'x\u0000y',
  ])('is refused with the path %j', (path) => {
    const bytes = writeZip([{ path, bytes: Buffer.from('x') }]);
    expect(() => readZip(bytes, limits)).toThrow('is no path below the folder of the plugin');
  });

  it('is refused with one file over another', () => {
    const bytes = writeZip([
      { path: 'index.js', bytes: Buffer.from('a') },
      { path: 'INDEX.js', bytes: Buffer.from('b') },
    ]);
    expect(() => readZip(bytes, limits)).toThrow('INDEX.js is in it twice');
  });

  it('is refused when it would be too large, whatever it says of itself', () => {
    const big = writeZip([{ path: 'zeros', bytes: Buffer.alloc(2_000) }]);
    expect(() => readZip(big, limits)).toThrow('zeros is larger than 1000 bytes when unpacked');
    const two = writeZip(['a', 'b'].map((path) => ({ path, bytes: Buffer.alloc(900) })));
    expect(() => readZip(two, limits)).toThrow('it is larger than 1500 bytes when unpacked');
    // Says that it holds 10 bytes, and holds a million.
    const bomb = Buffer.from(writeZip([{ path: 'zeros', bytes: Buffer.alloc(1_000_000) }]));
    const listed = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bomb.writeUInt32LE(10, listed + 24);
    expect(deflateRawSync(Buffer.alloc(1_000_000)).length).toBeLessThan(2_000);
    expect(() => readZip(bomb, limits)).toThrow('zeros is damaged, or larger than it says');
    const many = writeZip(Array.from({ length: 11 }, (_, n) => ({ path: `f${n}`, bytes: Buffer.alloc(0) })));
    expect(() => readZip(many, limits)).toThrow('it holds 11 files, more than 10');
  });

  it('is refused with a link in it', () => {
    const bytes = Buffer.from(writeZip([{ path: 'link', bytes: Buffer.from('/etc/passwd') }]));
    const listed = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt8(3, listed + 5);
    bytes.writeUInt32LE((0o120777 << 16) >>> 0, listed + 38);
    expect(() => readZip(bytes, limits)).toThrow('link is a link or a device');
  });

  it('is refused wherever it is cut off', () => {
    const bytes = writeZip([{ path: 'index.js', bytes: Buffer.from('export default 1;') }]);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => readZip(bytes.subarray(0, length), limits)).toThrow(/zip file|cut off|damaged/);
    }
  });
});

describe('the plugins that are found', () => {
  it('come from folders and archives, and those that are wrong say why', async () => {
    const own = await temporaryFolder();
    const builtIn = await temporaryFolder();
    const write = async (name: string, said: unknown) => {
      await mkdir(join(own, name));
      await writeFile(
        join(own, name, 'manifest.json'),
        typeof said === 'string' ? said : JSON.stringify(said),
      );
      await writeFile(join(own, name, 'index.js'), 'export default {};');
    };
    await writeFile(join(own, 'chat.acplug'), (await packPlugin(await pluginFolder(), null)).bytes);
    await write('same-id', manifest);
    await write('newer', { ...manifest, id: 'newer', apiVersion: '2.0.0' });
    await write('no-json', '{');
    await write('no-host', { ...manifest, id: 'no-host', hosts: ['https://example.com/'] });
    await write('misspelt', { ...manifest, id: 'misspelt', capability: [] });
    await write('secret-default', {
      ...manifest,
      id: 'secret-default',
      configSchema: {
        type: 'object',
        properties: { token: { type: 'string', format: 'secret', default: 'x' } },
      },
    });
    await write('My Chat', { ...manifest, id: 'my-chat' });
    await symlink(await pluginFolder(), join(own, 'linked'));
    // What an installation left behind that was killed, and what is hidden, is nobody's plugin.
    await write('chat.new-4711', manifest);
    await write('.git', manifest);
    await write('outside', { ...manifest, id: 'outside', main: '../index.js' });

    const { plugins, refused } = await findPlugins({ builtIn, own });
    expect([...plugins.keys()]).toEqual(['chat']);
    expect(await readdir(join(own, 'chat'))).toContain('index.js');
    const words = refused.map(
      ({ code, message }) => `${code} ${message.slice(message.indexOf('refused: ') + 9)}`,
    );
    expect(words.join('\n')).toContain('hosts.0: a host such as');
    expect(words.join('\n')).toContain(
      'apiVersion: it is for version 2.0.0 of the plugin API, and this is 1.0.0',
    );
    expect(words.join('\n')).toContain('manifest.json is no JSON');
    expect(words.join('\n')).toContain('capability: there is no such field');
    expect(words.join('\n')).toContain('configSchema.properties.token.default: a secret has no default');
    expect(words.join('\n')).toContain('main: a .js file in the folder of the plugin');
    expect(words.join('\n')).toContain('id: there is a plugin chat already');
    expect(refused.every(({ code }) => code === 'PLUGIN_INVALID')).toBe(true);
    // Each with the fields that are wrong, for whoever shows them beside a form.
    const named = refused.map(({ details }) => [basename(String(details['where'])), details['fields']]);
    expect(Object.fromEntries(named)).toEqual({
      misspelt: ['capability'],
      'My Chat': undefined,
      newer: ['apiVersion'],
      'no-host': ['hosts.0'],
      'no-json': undefined,
      outside: ['main'],
      'same-id': ['id'],
      'secret-default': ['configSchema.properties.token.default'],
      linked: undefined,
    });
    expect(words.join('\n')).toContain('its folder may be called by lower case letters');
    expect(words.join('\n')).toContain('it is a link');
    // Found again, it is not unpacked again.
    expect([...(await findPlugins({ builtIn, own })).plugins.keys()]).toEqual(['chat']);
  });

  it('never take the place of a folder that was put there by hand, or of what another key has signed', async () => {
    const [own, builtIn] = [await temporaryFolder(), await temporaryFolder()];
    const [author, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
    const drop = async (key: KeyObject | null, version: string) => {
      const folder = await pluginFolder({ ...manifest, version });
      await writeFile(join(own, 'chat.acplug'), (await packPlugin(folder, key)).bytes);
    };
    const found = async () => {
      const { plugins, refused } = await findPlugins({ builtIn, own });
      return [plugins.get('chat')?.manifest.version, ...refused.map(({ message }) => message)];
    };
    const byHand = join(own, 'chat');
    await cp(await pluginFolder({ ...manifest, version: '0.1.0' }), byHand, { recursive: true });
    await drop(author.privateKey, '1.0.0');
    expect(await found()).toEqual(['0.1.0', expect.stringContaining('which was put there by hand')]);
    await rm(byHand, { recursive: true });
    expect(await found()).toEqual(['1.0.0']);
    await drop(author.privateKey, '1.1.0');
    expect(await found()).toEqual(['1.1.0']);
    await drop(null, '2.0.0');
    expect(await found()).toEqual(['1.1.0', expect.stringContaining('nobody has signed this one')]);
    await drop(other.privateKey, '3.0.0');
    expect(await found()).toEqual(['1.1.0', expect.stringContaining('signed by another key')]);
    expect(JSON.parse(await readFile(join(own, 'chat', 'manifest.json'), 'utf8')).version).toBe('1.1.0');
  });
});
