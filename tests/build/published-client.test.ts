/** What is published: the client library with its types, which a strict project of somebody else can use; and no tests. */
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
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['script.ts'] }),
  );
  const compiler = path.join(projectFolder, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
