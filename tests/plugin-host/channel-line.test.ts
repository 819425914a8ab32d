/** A channel that is stopped ends, with its process, wherever in its start it is. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { ChannelLine } from '../../src/contract/channels.ts';
import { usualMessage } from '../../src/contract/plugin/usual-message.ts';
import type { DurationMs, EpochMs } from '../../src/core/units.ts';
import { minutes } from '../../src/core/units.ts';
import type { LineOptions } from '../../src/plugin-host/channel-line.ts';
import { openChannelLine } from '../../src/plugin-host/channel-line.ts';
import { readPlugin } from '../../src/plugin-host/read-plugin.ts';
import { pluginProgram } from '../../src/serve/installation.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { answering, startPlugin } from './hostile-plugin.ts';

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

async function lineOf(folder: string, source: string, more: Partial<LineOptions> = {}): Promise<ChannelLine> {
  await mkdir(join(folder, 'plugin'));
  await writeFile(join(folder, 'plugin', 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'plugin', 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'plugin', 'index.js'), source);
  return openChannelLine({
    ...{ channel: 'slow', plugin: await readPlugin(join(folder, 'plugin')), program: pluginProgram },
    ...{ dataFolder: join(folder, 'data'), settings: async () => ({}), terminal: null },
    ...{ receive: async () => ({ ok: true, text: '' }), changed: () => undefined, now: () => 1 as EpochMs },
    ...more,
  });
}

it('goes from starting to ready, is degraded when its plugin says so, and rests when it ended too often', async () => {
  const folder = await temporaryFolder();
  const states: string[] = [];
  const source = `import { existsSync } from 'node:fs';
    export default { async open(settings, host) {
      const isSlow = existsSync(host.folder + '/slow');
      if (isSlow) setTimeout(() => host.report({ state: 'degraded', reason: 'the service is slow' }), 20);
      return { send: async () => process.exit(7) };
    } };`;
  let line: ChannelLine | null = null;
  const opened = await lineOf(folder, source, {
    breaker: { firstWait: 1 as DurationMs, longestWait: 5 as DurationMs, breakAfter: 3, window: minutes(10) },
    changed: () => {
      const { state, reason } = line?.condition ?? { state: '', reason: '' };
      const said = reason.includes('rests for') ? 'rests' : state;
      if (said !== states.at(-1)) states.push(said);
    },
  });
  line = opened;
  expect(opened.condition.state).toBe('starting');
  onTestFinished(() => opened.stop());
  const message = usualMessage({ key: 'company_1:1:slow', text: 'Hello' });
  for (let crash = 1; crash <= 3; crash += 1) {
    await opened.ready(AbortSignal.timeout(30_000));
    if (crash > 1) await expect.poll(() => opened.condition.state, { timeout: 30_000 }).toBe('degraded');
    await writeFile(join(folder, 'data', 'slow'), '');
    await expect(opened.send(message)).rejects.toThrow('failed at a message');
    const ends = () => states.filter((state) => state === 'failed' || state === 'rests').length;
    await expect.poll(ends, { timeout: 30_000 }).toBe(crash);
  }
  await expect.poll(() => opened.condition.reason, { timeout: 30_000 }).toContain('rests for 10 minutes');
  expect(opened.condition.state).toBe('failed');
  expect(states.filter((state) => state !== '').slice(0, 3)).toEqual(['ready', 'failed', 'starting']);
  expect(states).toContain('degraded');
  expect(states.at(-1)).toBe('rests');
});

it('ends what a host that was killed left of its channel', async () => {
  const folder = await temporaryFolder();
  const program = pluginProgram;
  const dataFolder = join(folder, 'data');
  const left = await startPlugin(folder, answering('for (;;);'), { limits: { callMs: 600_000 } });
  onTestFinished(() => left.process.kill('the test is over'));
  await left.process.call('configChanged', { settings: {} });
  left.process.call('send', { message: usualMessage({ key: 'k', text: '' }) }).catch(() => undefined);
  await rm(join(folder, 'plugin'), { recursive: true });
  const line = await lineOf(folder, code, { program, dataFolder });
  onTestFinished(() => line.stop());
  expect(await left.process.ended).toContain('SIGKILL');
  await line.ready(AbortSignal.timeout(30_000));
});

it('is stopped while it is being opened', async () => {
  const folder = await temporaryFolder();
  const line = await lineOf(folder, code);
  const opening = () => readFile(join(folder, 'data', 'opening'), 'utf8').catch(() => '');
  while ((await opening()) === '') await pause(5);
  const pid = Number(await opening());
  await line.stop();
  expect(line.condition.state).toBe('disabled');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
