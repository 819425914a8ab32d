/** What a checkout lacks of its workspace is copied into it, by the workspace's list; never as a link, and never out of it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { lstat, mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { carryAlong } from '../../src/worker/carry-along.ts';
import { temporaryFolder } from '../temporary-folder.ts';

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

/** A workspace with two packages installed, and a checkout of what is tracked of it. */
async function places(list: string | null, more: Readonly<Record<string, string>> = {}) {
  const [from, to] = [await temporaryFolder(), await temporaryFolder()];
  const tracked = { '.gitignore': 'node_modules/\n.env*\ndist/\n', 'packages/core/index.js': 'people' };
  await put(from, { ...tracked, ...(list !== null && { '.worktreeinclude': list }) });
  await put(to, { ...tracked, 'packages/core/index.js': 'the task' });
  await put(from, {
    'node_modules/left/index.js': '1',
    'packages/core/node_modules/right/index.js': '2',
    'dist/out.js': '3',
    '.env': 'PORT=1',
    ...more,
  });
  const said: string[] = [];
  const bring = (signal = new AbortController().signal) =>
    carryAlong(from, to, { log: (line) => said.push(line), signal });
  const read = (name: string) =>
    existsSync(path.join(to, name)) ? readFileSync(path.join(to, name), 'utf8') : null;
  return { from, to, said, bring, read };
}

it('copies what the list names and git ignores, in every folder, and nothing else', async () => {
  const list = '# installed\nnode_modules/\nnotes.txt\n';
  const { from, to, said, bring, read } = await places(list, { 'notes.txt': 'not ignored' });
  await bring();
  expect(read('node_modules/left/index.js')).toBe('1');
  expect(read('packages/core/node_modules/right/index.js')).toBe('2');
  for (const name of ['dist/out.js', '.env', 'notes.txt', '.worktreeinclude']) expect(read(name)).toBeNull();
  expect(said.join('\n')).toMatch(/brought along node_modules\/, packages\/core\/node_modules\/: 2 files/);
  // What is done to the copy is not done to the people’s.
  await writeFile(path.join(to, 'node_modules/left/index.js'), 'patched');
  expect(readFileSync(path.join(from, 'node_modules/left/index.js'), 'utf8')).toBe('1');
});

it('brings nothing without a list, or with one that names nothing', async () => {
  for (const list of [null, '', '# node_modules/\n']) {
    const { said, bring, read } = await places(list);
    await bring();
    expect(read('node_modules/left/index.js')).toBeNull();
    expect(said).toEqual([]);
  }
});

it('leaves what is there as it is, and lets a package of the workspace be the one of the task', async () => {
  const { from, to, bring, read } = await places('node_modules/\n');
  await mkdir(path.join(from, 'node_modules/@shop'));
  await symlink('../../packages/core', path.join(from, 'node_modules/@shop/core'));
  await put(to, { 'node_modules/left/index.js': 'already there' });
  await bring();
  expect(read('node_modules/left/index.js')).toBe('already there');
  expect(read('node_modules/@shop/core/index.js')).toBe('the task');
});

it('keeps a program executable', async () => {
  const { from, to, bring } = await places('node_modules/\n', {
    'node_modules/left/run.sh': '#!/bin/sh\necho ran\n',
  });
  execFileSync('chmod', ['755', path.join(from, 'node_modules/left/run.sh')]);
  await bring();
  expect(execFileSync(path.join(to, 'node_modules/left/run.sh'), { encoding: 'utf8' })).toBe('ran\n');
});

it.each([
  ['an absolute link', () => '/etc'],
  ['a link that climbs out', () => '../../../../etc'],
  ['a link that climbs out behind a name', () => 'left/../../..'],
])('leaves out %s', async (_what, target) => {
  const { from, to, said, bring } = await places('node_modules/\n');
  await symlink(target(), path.join(from, 'node_modules/leads-out'));
  await bring();
  expect(existsSync(path.join(to, 'node_modules/leads-out'))).toBe(false);
  expect(said.join('\n')).toContain(
    'left out 1 links that lead out of the workspace, such as node_modules/leads-out',
  );
});

it('writes through no link that stands in the checkout', async () => {
  const outside = await temporaryFolder();
  const { to, bring } = await places('node_modules/\n');
  await rm(path.join(to, 'packages/core'), { recursive: true });
  await symlink(outside, path.join(to, 'packages/core'));
  await symlink(outside, path.join(to, 'node_modules'));
  await bring();
  expect(existsSync(path.join(outside, 'node_modules'))).toBe(false);
  expect(existsSync(path.join(outside, 'left'))).toBe(false);
  expect(await readlink(path.join(to, 'node_modules'))).toBe(outside);
});

it('runs nothing of the people’s repository, and asks nothing of its configuration', async () => {
  const { from, bring, read } = await places('node_modules/\n');
  const trace = path.join(await temporaryFolder(), 'trace');
  execFileSync('git', ['init', '--quiet'], { cwd: from });
  execFileSync('git', ['config', 'core.fsmonitor', `touch ${trace}`], { cwd: from });
  await bring();
  expect(read('node_modules/left/index.js')).toBe('1');
  expect(existsSync(trace)).toBe(false);
});

it('says what is wrong with a list that is none', async () => {
  const { from, bring } = await places(null);
  await symlink('/etc/passwd', path.join(from, '.worktreeinclude'));
  await expect(bring()).rejects.toMatchObject({
    code: 'WORKSPACE_UNUSABLE',
    message: expect.stringMatching(/\.worktreeinclude .*no plain file.*one pattern a line/),
  });
  await rm(path.join(from, '.worktreeinclude'));
  await put(from, { '.worktreeinclude': `${'x'.repeat(99)}\n`.repeat(2_000) });
  await expect(bring()).rejects.toMatchObject({ code: 'WORKSPACE_UNUSABLE' });
});

it('ends with the run', async () => {
  const { to, bring } = await places('node_modules/\n');
  await expect(bring(AbortSignal.abort('lost'))).rejects.toBeDefined();
  expect(await lstat(path.join(to, 'node_modules')).catch(() => null)).toBeNull();
});
