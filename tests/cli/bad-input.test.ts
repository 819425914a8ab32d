/** What must be refused before it does harm: epics that can't finish, databases from tomorrow, directories in use. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
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
