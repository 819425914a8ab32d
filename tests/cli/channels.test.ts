/** Channels and plugins from the command line: set up, listed, tested; written, checked, packed, installed, removed. */
import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packPlugin } from '../../src/plugin-host/archive/plugin-archive.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runAgentcoord } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

it('sets up a channel at a running host, sends to it, and takes it away', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  const at = ['--data-dir', dataDir];
  await runAgentcoord(['init', '--template', 'startup', ...at]);
  const host = await serve(dataDir, '--workers', '0', '--no-http');
  onTestFinished(async () => {
    await host.end();
  });

  const log = join(dataDir, 'log-files');
  const made = await runAgentcoord([
    'channels',
    'set',
    'log',
    '--plugin',
    'file',
    '--set',
    `folder=${log}`,
    ...at,
  ]);
  expect(made).toMatchObject({ code: 0 });
  expect(await runAgentcoord(['channels', 'test', 'log', ...at])).toMatchObject({ code: 0 });
  const posted = await runAgentcoord(['board', 'post', 'Hello', '--title', 'Hi', '--channel', 'log', ...at]);
  expect(posted).toMatchObject({ code: 0 });
  await expect
    .poll(() => readFile(join(log, 'messages.jsonl'), 'utf8'), { timeout: 30_000 })
    .toContain('"text":"Hello"');
  const { stdout } = await runAgentcoord(['channels', ...at]);
  expect(stdout).toMatch(/dashboard +— +ready +0/);
  expect(stdout).toMatch(/log +file +ready +0 +\S/);

  const refused = async (...args: string[]) => (await runAgentcoord([...args, ...at])).stderr;
  expect(await refused('channels', 'set', 'log', '--set', 'keep=many')).toContain(
    'keep: it must be a number',
  );
  expect(await refused('channels', 'set', 'log', '--set', 'maxMegabyte=1')).toContain(
    'maxMegabyte: there is no such setting',
  );
  expect(await refused('channels', 'set', 'log', '--quiet', '25:00-07:00')).toContain(
    '“25:00” is no time of day',
  );
  expect(await refused('channels', 'set', 'log', '--route', 'weather=HIGH')).toContain('weather');
  expect(await refused('channels', 'link', 'log')).toContain('Nobody can answer from the channel log');
  expect(await refused('board', 'post', 'x', '--title', 'x', '--channel', 'lgo')).toContain(
    'There is no channel lgo',
  );
  const file = join(log, 'messages.jsonl');
  expect(await refused('channels', 'set', 'log', '--set', `folder=${file}`)).toContain(
    `folder: ${file} is a file: name a folder`,
  );
  expect(await refused('channels', 'test', 'dashboard')).toContain('The dashboard is the app itself');
  const { stdout: shown } = await runAgentcoord(['channels', 'show', 'log', ...at]);
  expect(shown).toMatch(/^Goes there: message from LOW, gate from LOW/m);

  // Without a host, too, what waits is what has happened so far.
  await host.end();
  await runAgentcoord(['board', 'post', 'Later', '--title', 'Hi', '--channel', 'log', ...at]);
  const { stdout: waiting } = await runAgentcoord(['channels', ...at]);
  expect(waiting).toMatch(/log +file +configured +1 +no host runs that carries it/);
  expect(await runAgentcoord(['channels', 'remove', 'log', ...at])).toMatchObject({ code: 0 });
  expect(await refused('channels', 'show', 'log')).toContain('There is no channel log. There are: dashboard');
});

it('writes a plugin that works, as the guide has it, checks, packs, installs and removes it', async () => {
  const folder = await temporaryFolder();
  const at = ['--data-dir', join(folder, 'data')];
  const plugin = join(folder, 'team-hook');
  const received: { key: string | undefined; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const isKnown = request.headers.authorization === 'Bearer sesame';
      received.push({ key: request.headers['idempotency-key']?.toString(), body: JSON.parse(text) });
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: `r${received.length}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;

  expect(await runAgentcoord(['plugin', 'init', plugin, ...at])).toMatchObject({ code: 0 });
  expect((await readFile(join(plugin, 'index.js'), 'utf8')).split('\n').length).toBeLessThanOrEqual(50);
  const settings = join(folder, 'settings.json');
  await writeFile(settings, JSON.stringify({ url, token: 'sesame' }));
  const checked = await runAgentcoord(['plugin', 'check', plugin, '--settings', settings, ...at]);
  expect(checked).toMatchObject({ code: 0, stdout: expect.not.stringContaining('BROKEN') });
  expect(received.length).toBeGreaterThan(15);
  expect(received.every(({ key }) => key?.startsWith('company_check:'))).toBe(true);
  await writeFile(settings, JSON.stringify({ url, token: 'wrong' }));
  const broken = await runAgentcoord(['plugin', 'check', plugin, '--settings', settings, ...at]);
  expect(broken).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('the service does not know the token'),
  });

  const key = join(folder, 'key.pem');
  await writeFile(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const archive = join(folder, 'hook.acplug');
  const packed = await runAgentcoord(['plugin', 'pack', plugin, '--key', key, '--out', archive, ...at]);
  expect(packed).toMatchObject({ code: 0, stdout: expect.stringContaining('Signed by') });
  const installed = await runAgentcoord(['plugin', 'install', archive, ...at]);
  expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining('It may reach: {url}') });
  expect((await runAgentcoord(['plugin', 'list', ...at])).stdout).toMatch(/team-hook +1\.0\.0 +you/);
  // One that somebody put there by hand brings nothing back.
  await copyFile(archive, join(folder, 'data', 'plugins', 'team-hook-1.0.0.acplug'));
  const own = join(folder, 'data', 'plugins');
  const again = await runAgentcoord(['plugin', 'install', archive, ...at]);
  expect(again.stdout).toContain('It takes the place of 1.0.0.');
  expect(again.stdout).toContain('team-hook-1.0.0.acplug lay beside it, and is removed.');
  expect(await readdir(own)).toEqual(['team-hook']);
  expect(await runAgentcoord(['plugin', 'remove', 'team-hook', ...at])).toMatchObject({ code: 0 });
  expect(await readdir(own)).toEqual([]);

  await writeFile(archive, (await readFile(archive)).subarray(0, 100));
  expect((await runAgentcoord(['plugin', 'install', archive, ...at])).stderr).toContain(
    'it is no zip file, or is cut off',
  );
  const ours = join(folder, 'file');
  await mkdir(ours);
  await writeFile(
    join(ours, 'manifest.json'),
    (await readFile(join(plugin, 'manifest.json'), 'utf8')).replace('team-hook', 'file'),
  );
  await writeFile(join(ours, 'index.js'), 'export default {};');
  expect((await runAgentcoord(['plugin', 'install', ours, ...at])).stderr).toContain(
    'id: file is one of ours',
  );
});

it('replaces a signed plugin by what another key or none has signed only when that is said', async () => {
  const folder = await temporaryFolder();
  const at = ['--data-dir', join(folder, 'data')];
  const own = join(folder, 'data', 'plugins');
  const plugin = join(folder, 'team-hook');
  await mkdir(plugin);
  const manifest = { id: 'team-hook', version: '1.0.0', apiVersion: '^1.0.0', displayName: 'Hook' };
  const said = JSON.stringify({ ...manifest, kind: 'channel', capabilities: ['text'] });
  await writeFile(join(plugin, 'manifest.json'), said);
  await writeFile(join(plugin, 'index.js'), 'export default {};');
  const archive = async (name: string, key: KeyObject | null) => {
    await writeFile(join(folder, name), (await packPlugin(plugin, key)).bytes);
    return join(folder, name);
  };
  const signed = await archive('signed.acplug', generateKeyPairSync('ed25519').privateKey);
  const unsigned = await archive('unsigned.acplug', null);
  const install = (...words: string[]) => runAgentcoord(['plugin', 'install', ...words, ...at]);
  expect(await install(signed)).toMatchObject({ code: 0, stdout: expect.stringContaining('signed by') });
  const why = /is installed as signed by [0-9a-f]{64}, and nobody has signed this one.*--change-signer/;
  for (const source of [unsigned, plugin])
    expect(await install(source)).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
  // The other one lies there, too, and must not come back.
  await copyFile(signed, join(own, 'team-hook-1.0.0.acplug'));
  const changed = await install(unsigned, '--change-signer');
  expect(changed).toMatchObject({ code: 0, stdout: expect.stringContaining('is installed, not signed') });
  expect(changed.stdout).toContain('team-hook-1.0.0.acplug lay beside it, and is removed.');
  // Folders that can't be used are not passed over in silence.
  await mkdir(join(own, 'My Hook'));
  const words = /My Hook was refused: its folder may be called by lower case letters/;
  expect((await runAgentcoord(['plugin', 'list', ...at])).stderr).toMatch(words);
  const { stdout: doctor } = await runAgentcoord(['doctor', ...at]);
  expect(doctor).toMatch(/ok +plugins: 4 of AgentCoord, 1 of yours\nwarn +plugins: .*My Hook was refused/);
});
