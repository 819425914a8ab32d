/** What must be refused before it does harm: epics that can't finish, databases from tomorrow, directories in use. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.remove());

it('refuses an epic that could never finish with every reason and repair, unless it is forced', async () => {
  const file = join(sandbox.dataDir, 'tiny.yaml');
  await writeFile(
    file,
    `name: Tiny
departments:
  - name: product
    teams:
      - name: t
        members: [{ name: pia, role: pm }]
workflows: [feature]
`,
  );
  await sandbox.json('init', '--template', file);
  const create = ['epic', 'create', '--workflow', 'feature', '--title', 'Dark mode'];

  const { code, stdout, stderr } = await sandbox.run(...create, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error.code).toBe('EPIC_UNSATISFIABLE');
  for (const role of ['designer', 'engineer', 'qa_eng', 'growth']) {
    expect(stderr).toContain(`add a member with the role ${role}`);
  }
  expect((await sandbox.json('status')).epics).toEqual([]);

  const { epic } = await sandbox.json(...create, '--force');
  expect(epic.tasks.total).toBe(6);
});

it('refuses a database from a newer version and leaves it as it is', async () => {
  await sandbox.json('init', '--template', 'startup');
  const [company] = await readdir(join(sandbox.dataDir, 'companies'));
  const file = join(sandbox.dataDir, 'companies', company ?? '', 'log.sqlite');
  const database = new Database(file);
  database.pragma('user_version = 9999');
  database.pragma('journal_mode = DELETE');
  database.close();
  const before = await hashOf(file);

  const { code, stdout, stderr } = await sandbox.run('status', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error.code).toBe('DATABASE_TOO_NEW');
  expect(stderr).toMatch(/^DATABASE_TOO_NEW: .*9999/);
  expect(await hashOf(file)).toBe(before);
  expect((await readdir(dirname(file))).filter((name) => name.startsWith('log.sqlite-'))).toEqual([]);
});

it('says in plain words what is wrong with what was typed', async () => {
  await sandbox.json('init', '--template', 'startup');
  const { code, stderr } = await sandbox.run('task', 'create', '--title', '');
  expect(code).toBe(1);
  expect(stderr).toBe('BAD_INPUT: task.create was refused: the title is empty\n');
});

it('refuses a data directory that is none', async () => {
  const file = join(sandbox.dataDir, 'file');
  await writeFile(file, '');
  const { code, stderr } = await sandbox.run('init', '--template', 'startup', '--data-dir', file);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^DATA_DIR_UNUSABLE: /);
});

it('lets commands that come at the same time wait for each other', async () => {
  await sandbox.json('init', '--template', 'startup');
  const titles = ['a', 'b', 'c', 'd'];
  await Promise.all(titles.map((title) => sandbox.json('task', 'create', '--title', title)));
  const { tasks } = await sandbox.json('tasks');
  expect(tasks.map(({ title }: { title: string }) => title).sort()).toEqual(titles);
});

const hashOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

it.each(['--data-dir', '--company'])('refuses an empty %s', async (option) => {
  const { code, stderr } = await sandbox.run(option, '', 'status');
  expect(code).toBe(2);
  expect(stderr).toContain('It must not be empty');
});

it('writes the format that the ending of the file says', async () => {
  await sandbox.json('init', '--template', 'startup');
  const file = join(sandbox.dataDir, 'audit.csv');
  expect(await sandbox.json('export', '--out', file)).toMatchObject({ format: 'csv' });
  expect(await readFile(file, 'utf8')).toMatch(/^seq,at,actor_id/);
});

it.skipIf(process.platform !== 'linux')('says in a line that its output can not be written', async () => {
  await sandbox.json('init', '--template', 'startup');
  const program = join(import.meta.dirname, '../../bin/agentcoord.js');
  const full = await open('/dev/full', 'w');
  const child = spawn(process.execPath, [program, '--data-dir', sandbox.dataDir, 'status'], {
    stdio: ['ignore', full.fd, 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = await once(child, 'close');
  await full.close();
  expect(code).toBe(1);
  expect(said).toMatch(/^The answer could not be written to the standard output: ENOSPC.*\n$/);
});
