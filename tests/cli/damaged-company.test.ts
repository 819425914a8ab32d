/** A company that can't be opened beside one that can: it is told of by its name, and the other one goes on. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

let sandbox: Sandbox;
let id: string;
let log: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Healthy');
  ({
    company: { id },
  } = await sandbox.json('init', '--template', 'startup', '--name', 'Acme'));
  log = join(sandbox.dataDir, 'companies', id, 'log.sqlite');
  const database = new Database(log);
  database.exec('DELETE FROM events WHERE seq = 1; DELETE FROM snapshots');
  database.close();
});
afterAll(() => sandbox.remove());

it('is told of by its name and its id', async () => {
  for (const wanted of ['Acme', id]) {
    const { code, stderr } = await sandbox.run('--company', wanted, 'status');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATABASE_DAMAGED: /);
  }
  expect((await sandbox.run('--company', 'Nobody', 'status')).stderr).toMatch(
    /NOT_FOUND: .*Healthy .*Acme \(company_/,
  );
});

it('is verified by its name', async () => {
  const { code, stdout } = await sandbox.run('--company', 'Acme', 'verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ companies: [{ id, name: 'Acme', fault: { seq: 1 } }] });
});

it('lets the others go on, which say so', async () => {
  const { code, stdout, stderr } = await sandbox.run('status', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    company: { name: 'Healthy' },
    warnings: [{ company: { id, name: 'Acme' }, code: 'DATABASE_DAMAGED', message: expect.any(String) }],
  });
  expect(stderr).toMatch(/^warning: DATABASE_DAMAGED: Acme \(company_\w+\): It stays closed: .*\n$/);
  expect((await sandbox.run('task', 'create', '--title', 'Go on')).code).toBe(0);
});

it('keeps its name from new ones', async () => {
  expect((await sandbox.run('init', '--template', 'startup', '--name', 'acme')).stderr).toContain(
    'COMPANY_EXISTS',
  );
});

it('is known by its name when its log is no database at all', async () => {
  await writeFile(log, 'no database'.repeat(1_000));
  await rm(`${log}-wal`, { force: true });
  expect((await sandbox.run('--company', 'Acme', 'status')).stderr).toMatch(/^DATABASE_DAMAGED: /);
  const { stdout } = await sandbox.run('--company', 'Acme', 'verify', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ companies: [{ name: 'Acme', fault: { kind: 'unreadable' } }] });
});
