/** `agentcoord railway`, and a host that starts workers there: real programs, and Railway's API over a socket. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environmentId, PaperRailway, projectId } from '../launchers/railway/railway-service.ts';
import { openSandbox } from './run-agentcoord.ts';
import { serveWith } from './serving-host.ts';

const place = ['--project', projectId, '--environment', environmentId, '--image', 'ghcr.io/acme/worker:1'];
const publicDoor = ['--no-http', '--public-url', 'ws://127.0.0.1:0/worker', '--public-port', '0'];

async function openWith(more: Record<string, string> = {}) {
  const paper = await PaperRailway.open();
  const env = { RAILWAY_TOKEN: paper.token, AGENTCOORD_RAILWAY_LOOK_MS: '100', ...more };
  const sandbox = await openSandbox(env);
  onTestFinished(() => sandbox.remove());
  onTestFinished(() => expect(paper.invalid).toEqual([]));
  const set = (...rest: string[]) =>
    sandbox.run('railway', 'set', ...place, '--endpoint', paper.url, '--token-from-environment', ...rest);
  return { paper, env, sandbox, set };
}

describe('agentcoord railway', () => {
  it('is tried before it is set, keeps no token in a file, shows what is there, and is forgotten', async () => {
    const { paper, sandbox, set } = await openWith();
    expect(await sandbox.json('railway')).toEqual({ railway: null });
    expect(await set('--max-services', '2', '--memory', '0.5')).toMatchObject({ code: 0 });
    const file = path.join(sandbox.dataDir, 'railway.json');
    expect(await readFile(file, 'utf8')).not.toContain(paper.token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await sandbox.json('railway')).toMatchObject({
      railway: { project: 'Workers', maxServices: 2, memory: 0.5, services: [], trouble: null },
    });
    paper.token = 'another';
    const shown = await sandbox.json('railway');
    expect(shown.railway.trouble).toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('agentcoord railway set'),
    });
    expect((await set()).code).not.toBe(0);
    expect(await sandbox.json('railway', 'forget')).toEqual({ forgotten: projectId });
    expect(await sandbox.json('railway')).toEqual({ railway: null });
  });

  it.each([
    ['an API without TLS', ['--endpoint', 'http://api.example.org/'], 'with https'],
    ['no limit', ['--max-services', '0'], 'from 1 to 1000'],
    ['no memory', ['--memory', 'much'], 'such as 0.5'],
  ])('refuses %s', async (_what, args, words) => {
    const sandbox = await openSandbox({ RAILWAY_TOKEN: 'x' });
    onTestFinished(() => sandbox.remove());
    const { code, stderr } = await sandbox.run(
      'railway',
      'set',
      ...place,
      '--token-from-environment',
      ...args,
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
  });

  it('is not what a host starts workers with before it is set', async () => {
    const sandbox = await openSandbox({});
    onTestFinished(() => sandbox.remove());
    const { code, stderr } = await sandbox.run('serve', '--no-http', '--launcher', 'railway');
    expect(code).not.toBe(0);
    expect(stderr).toContain('agentcoord railway set');
  });
});

describe('a host with workers at Railway', () => {
  it('starts one when asked, and its next start deletes what it left when it was killed', {
    timeout: 120_000,
  }, async () => {
    const { paper, env, sandbox, set } = await openWith();
    await sandbox.json('init', '--template', 'startup');
    expect(await set()).toMatchObject({ code: 0 });
    const first = await serveWith(env, sandbox.dataDir, ...publicDoor);
    onTestFinished(async () => void (await first.end('SIGKILL')));
    const spawned = await sandbox.json('worker', 'spawn', '--role', 'engineer', '--launcher', 'railway');
    expect(spawned).toMatchObject({ asked: 1, workers: [{ launcher: 'railway', state: 'ready' }] });
    expect(paper.services.size).toBe(1);
    expect((await sandbox.json('railway')).railway.services).toHaveLength(1);
    await first.end('SIGKILL');
    expect(paper.services.size).toBe(1);

    // Killed between making it and anything else: a service of which no company knows.
    const [{ name: left = '' } = {}] = paper.services.values();
    paper.add(`${left.slice(0, -12)}${'0'.repeat(12)}`);
    const second = await serveWith(env, sandbox.dataDir, ...publicDoor);
    onTestFinished(async () => void (await second.end('SIGKILL')));
    await expect.poll(() => paper.services.size, { timeout: 30_000 }).toBe(0);
    const { workers } = await sandbox.json('workers', '--all');
    expect(workers[0]).toMatchObject({
      state: 'crashed',
      exitReason: 'its host ended without stopping it; killed by the next one',
    });
    await sandbox.json('worker', 'spawn', '--role', 'engineer', '--launcher', 'railway');
    expect(await second.end()).toBe(0);
    expect(paper.services.size).toBe(0);
  });
});
