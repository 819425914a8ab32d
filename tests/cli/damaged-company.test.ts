/** A company that can't be opened beside one that can: it is told of by its name, and the other one goes on. */
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox, startAgentcoord } from './run-agentcoord.ts';

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

it('is told of in a line when its log was cut off, with a host and without', {
  timeout: 60_000,
}, async () => {
  const cut = await openSandbox();
  try {
    const { company } = await cut.json('init', '--template', 'startup', '--name', 'Cut');
    await cut.json('task', 'create', '--title', 'gone');
    const database = new Database(join(cut.dataDir, 'companies', company.id, 'log.sqlite'));
    database.exec('DELETE FROM events WHERE seq = (SELECT max(seq) FROM events); DELETE FROM snapshots');
    database.close();
    const line =
      /^warning: DATABASE_DAMAGED: Cut \(company_\w+\): The log beside .* was cut off or rewritten.*$/m;
    const made = await cut.run('task', 'create', '--title', 'more');
    expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(line) });
    const { stdout } = await cut.run('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      warnings: [{ company: { name: 'Cut' }, code: 'DATABASE_DAMAGED' }],
    });
    const host = startAgentcoord(['serve', '--data-dir', cut.dataDir, '--no-http', '--workers', '0']);
    const closed = once(host, 'close');
    let said = '';
    for (const stream of [host.stdout, host.stderr])
      stream?.on('data', (chunk) => {
        said += String(chunk);
      });
    await expect.poll(async () => (await cut.run('status')).stdout, { timeout: 30_000 }).toContain('host');
    expect((await cut.run('status')).stderr).toMatch(line);
    await expect.poll(() => said, { timeout: 15_000 }).toContain('cut off or rewritten');
    host.kill('SIGTERM');
    await closed;
    expect(said).not.toMatch(/CoordError|\n {4}at /);
  } finally {
    await cut.remove();
  }
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
