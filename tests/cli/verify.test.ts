/** `agentcoord verify`: from the files alone, whether a host runs or not, and when none could open them. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stateVersion } from '../../src/coordinator/open-state.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let id: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  ({
    company: { id },
  } = await sandbox.json('init', '--template', 'startup', '--name', 'Acme'));
  await sandbox.json('task', 'create', '--title', 'Fix the login');
});
afterAll(() => sandbox.remove());

it('says that all is as it was written, with the head to note', async () => {
  const { ok, companies } = await sandbox.json('verify');
  expect(ok).toBe(true);
  expect(companies).toEqual([
    {
      id,
      name: 'Acme',
      ok: true,
      events: expect.any(Number),
      head: { seq: companies[0].events, chain: expect.stringMatching(/^[0-9a-f]{64}$/) },
      anchor: companies[0].head,
      snapshots: expect.any(Number),
      unchecked: [],
      fault: null,
    },
  ]);
  const { stdout } = await sandbox.run('verify', '--company', 'Acme');
  expect(stdout).toContain(`Acme: ${companies[0].events} events, all as they were written`);
  expect(stdout).toContain(`head ${companies[0].head.seq}:${companies[0].head.chain}`);
});

it('holds the log against a head that was kept elsewhere', async () => {
  const { companies } = await sandbox.json('verify');
  const { seq, chain } = companies[0].head;
  expect((await sandbox.run('verify', '--head', `${seq}:${chain}`)).code).toBe(0);
  const other = await sandbox.run('verify', '--head', `${seq}:${'0'.repeat(64)}`);
  expect(other.code).toBe(1);
  expect(other.stdout).toContain('the head that you gave has another link');
  expect((await sandbox.run('verify', '--head', 'abc')).code).toBe(2);
});

it('says what waits beside the log since Redis went away', async () => {
  const file = join(sandbox.dataDir, 'companies', id, 'branch.sqlite');
  const store = openSqliteBranchStore(file);
  const command = { type: 'task.create', title: 'Alone' } as never;
  const deed = { kind: 'command', command } as const;
  const rest = { decidedAt: 1 as EpochMs, ids: [], events: [], sentAs: null, lastOf: null };
  store.keep([{ actor: { kind: 'host' }, deed, ...rest }]);
  store.close();
  const why = expect.stringMatching(/^1 command that was taken while Redis was away can’t be checked/);
  expect(await sandbox.json('verify')).toMatchObject({
    ok: true,
    companies: [{ unchecked: [{ what: 'branch', why }] }],
  });
  expect((await sandbox.run('verify')).stdout).toContain('when this host is back');
  await rm(file);
});

it('works while a host runs', { timeout: 60_000 }, async () => {
  const host = await serve(sandbox.dataDir, '--no-http', '--workers', '0');
  try {
    await sandbox.json('task', 'create', '--title', 'Another');
    expect(await sandbox.json('verify')).toMatchObject({ ok: true });
  } finally {
    await host.end();
  }
});

it('refuses a company that there is not', async () => {
  const { code, stderr } = await sandbox.run('verify', '--company', 'Nobody');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^NOT_FOUND: .*Nobody/);
});

it('says that the end can not be checked when nothing beside the log tells how far it went', async () => {
  const folder = join(sandbox.dataDir, 'companies', id);
  const anchor = await readFile(join(folder, 'chain.json'));
  await rm(join(folder, 'chain.json'));
  expect(await sandbox.json('verify')).toMatchObject({
    ok: true,
    companies: [{ anchor: null, unchecked: [{ what: 'end' }] }],
  });
  expect((await sandbox.run('verify')).stdout).toContain('The end can’t be checked');
  await writeFile(join(folder, 'chain.json'), 'garbled');
  const { code, stdout } = await sandbox.run('verify');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /chain\.json beside the log can’t be read.*\n {2}All \d+ events are as they were written/,
  );
  await writeFile(join(folder, 'chain.json'), anchor);
});

it('names a snapshot that is not what the events give', async () => {
  const database = new Database(join(sandbox.dataDir, 'companies', id, 'log.sqlite'));
  database
    .prepare('INSERT INTO snapshots (seq, version, state) VALUES (3, ?, ?)')
    .run(stateVersion, JSON.stringify(dumpState(emptyState())));
  const { code, stdout } = await sandbox.run('verify');
  database.exec('DELETE FROM snapshots WHERE seq = 3');
  database.close();
  expect(code).toBe(1);
  expect(stdout).toContain('The snapshot at event 3 is not what the events up to it give');
  expect(stdout).toContain('DELETE FROM snapshots');
});

it('tells of each company, also when the log of one can not be read', async () => {
  const folder = join(sandbox.dataDir, 'companies', 'company_0broken');
  await mkdir(folder);
  await writeFile(join(folder, 'log.sqlite'), 'no database');
  const { code, stdout } = await sandbox.run('verify', '--json');
  expect(code).toBe(1);
  const { ok, companies } = JSON.parse(stdout);
  expect(ok).toBe(false);
  expect(companies).toMatchObject([
    { id: 'company_0broken', name: null, ok: false, fault: { kind: 'unreadable' } },
    { id, ok: true },
  ]);
  expect((await sandbox.run('verify', '--company', 'Acme')).code).toBe(0);
  await rm(folder, { recursive: true });
});

it('names the first bad event, also of a log that no host opens', async () => {
  const database = new Database(join(sandbox.dataDir, 'companies', id, 'log.sqlite'));
  database.exec('DELETE FROM events WHERE seq = 5');
  database.exec('DELETE FROM snapshots');
  database.close();
  expect((await sandbox.run('status')).stderr).toContain('DATABASE_DAMAGED');
  const { code, stdout } = await sandbox.run('verify', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    companies: [
      { name: 'Acme', ok: false, events: 4, fault: { seq: 5, kind: 'missing', why: 'Event 5 is missing.' } },
    ],
  });
});
