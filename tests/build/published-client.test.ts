/** What is published: the client library and the kit for plugins with their types, which a strict project of somebody else can use; and no tests. */
import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const run = promisify(execFile);

it('packs the client and its types, and nothing of the tests', { timeout: 60_000 }, async () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await run('npm', args, { cwd: projectFolder, maxBuffer: 16 * 1024 * 1024 });
  const packed: readonly { files: readonly { path: string }[] }[] = JSON.parse(stdout);
  const files = (packed[0]?.files ?? []).map((file) => file.path);
  expect(files).toEqual(
    expect.arrayContaining([
      'out/client/index.js',
      'out/client/types/client/index.d.ts',
      'out/plugin/index.js',
      'out/plugin/testing.js',
      'out/plugin/types/contract/plugin/kit.d.ts',
      'out/plugin/types/contract/plugin/fake-host.d.ts',
      'docs/plugins.md',
      'bin/agentcoord.js',
    ]),
  );
  expect(files.filter((file) => /(^|\/)tests?\/|\.test\./.test(file))).toEqual([]);
});

const script = `
import type { StoredEvent } from 'agentcoord/client';
import { connect, hasCode } from 'agentcoord/client';

await using session = await connect({ role: 'engineer', workingOn: 'types' });
await using lock = await session.lockFile('src/**', { intent: 'edit', wait: 1_000 });
const token: number = lock.token;
await using task = await session.claimTask({ tags: ['ui'] });
await task?.complete([{ path: 'a.md', content: 'a' }]);
session.onEvent({ types: ['gate'] }, ({ event }: StoredEvent) => {
  if (event.type === 'gate.opened') console.log(event.gateId, token);
});
try {
  await session.createTasks([{ title: 'One', tags: ['ui'], priority: 'HIGH' }]);
} catch (error) {
  if (hasCode(error, 'FORBIDDEN')) console.log(error.message);
}
// @ts-expect-error: an approval needs its roles
await session.requestApproval({ title: 'Deploy', context: 'v2' });
`;

const plugin = `
import type { Channel, Settings } from 'agentcoord/plugin';
import { ChannelError, definePlugin } from 'agentcoord/plugin';
import { openFakeHost } from 'agentcoord/plugin/testing';

const plugin = definePlugin({
  validateConfig: ({ token }: Settings) =>
    typeof token === 'string' ? [] : [{ field: 'token', message: 'it must be text' }],
  open: (_settings, host): Channel => ({
    send: async ({ key, text, thread }) => {
      if (text === '') throw new ChannelError('RETRY', 'not now', { retryAfterMs: 1_000 });
      const answer = { kind: 'reply', id: 'a1', from: { id: 'u1', name: 'Ann' }, text, thread: null } as const;
      const { ok }: { ok: boolean } = await host.receive(answer);
      host.report({ state: ok ? 'ready' : 'degraded' });
      return { id: key, thread: thread?.thread ?? key };
    },
  }),
});
export default plugin;
const host = await openFakeHost(plugin, { folder: '.', settings: { token: 'secret' } });
const { id }: { id: string } = await host.channel.send(host.message({ priority: 'URGENT' }));
// @ts-expect-error: there is no such priority
await host.channel.send(host.message({ priority: 'LOUD', text: id }));
// @ts-expect-error: a channel sends
definePlugin({ open: () => ({}) });
`;

it('type-checks in a strict project of somebody else', { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'node_modules'));
  await symlink(projectFolder, path.join(folder, 'node_modules', 'agentcoord'), 'dir');
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    typeRoots: [path.join(projectFolder, 'node_modules', '@types')],
    types: ['node'],
  };
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(path.join(folder, 'script.ts'), script);
  await writeFile(path.join(folder, 'plugin.ts'), plugin);
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['script.ts', 'plugin.ts'] }),
  );
  const compiler = path.join(projectFolder, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
