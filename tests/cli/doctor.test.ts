/** `agentcoord doctor`: says what is in order and what to do about the rest, for people and as a document. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSandbox } from './run-agentcoord.ts';
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
  expect(about(idle.findings, 'log of company_')?.state).toBe('ok');
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

it('has nothing against a folder that is not there yet', async () => {
  const { dataDir, run } = await sandbox();
  const { code, stdout } = await run('--data-dir', join(dataDir, 'none'), 'doctor', '--json');
  expect(code).toBe(0);
  expect(about(JSON.parse(stdout).findings, 'data directory')?.state).toBe('warn');
});
