/** `agentcoord doctor`: says what is in order and what to do about the rest, for people and as a document. */
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

async function sandbox() {
  const opened = await openSandbox();
  onTestFinished(() => opened.remove());
  return opened;
}

interface Finding {
  readonly about: string;
  readonly state: string;
  readonly found: string;
  readonly todo: string | null;
}

const about = (findings: readonly Finding[], what: string) =>
  findings.find((finding) => finding.about.startsWith(what));

it('looks at the machine, the folder, the host and every log', { timeout: 60_000 }, async () => {
  const { dataDir, json, run } = await sandbox();
  await json('init', '--template', 'startup', '--name', 'Acme');
  const idle = await json('doctor');
  expect(idle).toMatchObject({ ok: true, dataDir });
  expect(about(idle.findings, 'node')).toMatchObject({ state: 'ok', todo: null });
  expect(about(idle.findings, 'sqlite')?.found).toMatch(/^SQLite 3\.\d+/);
  expect(about(idle.findings, 'log of Acme (company_')?.state).toBe('ok');
  expect(about(idle.findings, 'host')?.found).toBe('none runs');
  const host = await serve(dataDir, '--no-http', '--workers', '0');
  try {
    const { findings } = await json('doctor');
    expect(about(findings, 'host')?.found).toMatch(/^agentcoord serve, process \d+, .*answers$/);
    expect((await run('doctor')).stdout).toContain('ok    redis: none');
  } finally {
    await host.end('SIGKILL');
  }
  const { findings } = await json('doctor');
  expect(about(findings, 'host')).toMatchObject({
    state: 'warn',
    todo: expect.stringContaining('takes over'),
  });
});

it('warns of a folder that others may look into, and fails for a log that is damaged', async () => {
  const { dataDir, json, run } = await sandbox();
  const { company } = await json('init', '--template', 'startup', '--name', 'Acme');
  await chmod(dataDir, 0o755);
  expect(about((await json('doctor')).findings, 'data directory')).toMatchObject({
    state: 'warn',
    todo: `chmod 700 ${dataDir}`,
  });
  await writeFile(join(dataDir, 'companies', company.id, 'log.sqlite'), 'this is no database'.repeat(500));
  const { code, stdout } = await run('doctor', '--json');
  expect(code).toBe(1);
  expect(about(JSON.parse(stdout).findings, 'log of')).toMatchObject({ state: 'fail' });
});

it.each([
  ['cut off in the middle of a command', 'DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)'],
  ['without its first event', 'DELETE FROM events WHERE seq = 1'],
])('fails for a log that no host opens: one %s', async (_what, sql) => {
  const { dataDir, json, run } = await sandbox();
  const { company } = await json('init', '--template', 'startup', '--name', 'Acme');
  const folder = join(dataDir, 'companies', company.id);
  const database = new Database(join(folder, 'log.sqlite'));
  database.exec(`${sql}; DELETE FROM snapshots`);
  database.close();
  await rm(join(folder, 'chain.json'), { force: true });
  expect((await run('status')).stderr).toMatch(/^DATABASE_DAMAGED/);
  const { code, stdout } = await run('doctor', '--json');
  expect(code).toBe(1);
  expect(about(JSON.parse(stdout).findings, 'log of')).toMatchObject({ state: 'fail' });
  const host = await serve(dataDir, '--no-http', '--workers', '0');
  try {
    const { findings } = JSON.parse((await run('doctor', '--json')).stdout);
    expect(about(findings, 'log of')).toMatchObject({ state: 'fail' });
    expect(about(findings, 'host')?.found).toMatch(/answers$/);
  } finally {
    await host.end();
  }
});

it('leaves nothing in the folder that it is called from', async () => {
  const { dataDir } = await sandbox();
  const folder = await mkdtemp(join(tmpdir(), 'agentcoord-cwd-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { code } = await runAgentcoord(['--data-dir', dataDir, 'doctor'], { cwd: folder });
  expect(code).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

it('has nothing against a folder that is not there yet', async () => {
  const { dataDir, run } = await sandbox();
  const { code, stdout } = await run('--data-dir', join(dataDir, 'none'), 'doctor', '--json');
  expect(code).toBe(0);
  expect(about(JSON.parse(stdout).findings, 'data directory')?.state).toBe('warn');
  // Where it can't be made, it is better to hear so now.
  const file = join(dataDir, 'file');
  await writeFile(file, '');
  for (const folder of [file, join(file, 'below', 'it')]) {
    const { code: failed, stdout: said } = await run('--data-dir', folder, 'doctor', '--json');
    expect(failed).toBe(1);
    expect(about(JSON.parse(said).findings, 'data directory')).toMatchObject({
      state: 'fail',
      found: `${file} is no folder`,
    });
  }
});
