/** A channel that is stopped ends, with its process, wherever in its start it is. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/units.ts';
import { openChannelLine } from '../../src/plugin-host/channel-line.ts';
import { readPlugin } from '../../src/plugin-host/read-plugin.ts';
import { pluginProgram } from '../../src/serve/installation.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const manifest = {
  ...{ id: 'slow-start', version: '1.0.0', apiVersion: '^1.0.0', displayName: 'Slow', kind: 'channel' },
  capabilities: ['text'],
};
/** Says that it is being opened, and takes its time. */
const code = `import { writeFileSync } from 'node:fs';
export default { async open(settings, host) {
  writeFileSync(host.folder + '/opening', String(process.pid));
  await new Promise((resolve) => setTimeout(resolve, 500));
  return { send: async () => ({ id: '1' }) };
} };`;

it('is stopped while it is being opened', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'plugin'));
  await writeFile(join(folder, 'plugin', 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'plugin', 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'plugin', 'index.js'), code);
  const line = openChannelLine({
    ...{ channel: 'slow', plugin: await readPlugin(join(folder, 'plugin')), program: pluginProgram },
    ...{ dataFolder: join(folder, 'data'), settings: async () => ({}), terminal: null },
    ...{ receive: async () => ({ ok: true, text: '' }), changed: () => undefined, now: () => 1 as EpochMs },
  });
  const opening = () => readFile(join(folder, 'data', 'opening'), 'utf8').catch(() => '');
  while ((await opening()) === '') await pause(5);
  const pid = Number(await opening());
  await line.stop();
  expect(line.condition.state).toBe('disabled');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
