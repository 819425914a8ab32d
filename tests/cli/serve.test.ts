/** A host that runs: its workers work, commands reach it, and nobody else gets at its directory. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, startAgentcoord } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serve } from './serving-host.ts';

describe('a host that runs', () => {
  let sandbox: Sandbox;
  let host: ServingHost;

  beforeAll(async () => {
    sandbox = await openSandbox();
    await sandbox.json('init', '--template', 'scaleup');
    host = await serve(sandbox.dataDir, '--port', '0');
  });
  afterAll(async () => {
    await host.end();
    await sandbox.remove();
  });

  it('prints where it is, the token behind the # only', async () => {
    const { url, socket, dataDir, pid } = host.ready;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    expect(dataDir).toBe(sandbox.dataDir);
    expect(pid).toBe(host.process.pid);
    expect((await stat(socket)).isSocket()).toBe(true);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<!doctype html>');
  });

  it('tells its owner alone how to reach it', async () => {
    const file = join(sandbox.dataDir, 'host.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(host.ready.socket)).mode & 0o777).toBe(0o600);
    expect((await stat(sandbox.dataDir)).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      pid: host.process.pid,
      name: 'agentcoord serve',
    });
  });

  it('is seen by the commands, without its token', async () => {
    const { stdout } = await sandbox.run('status', '--json');
    expect(JSON.parse(stdout).host).toEqual({
      pid: host.process.pid,
      name: 'agentcoord serve',
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      url: host.ready.url.split('/#')[0],
    });
    expect(stdout).not.toContain(host.ready.url.split('token=')[1]);
  });

  it('keeps a second one out, and says who it is', async () => {
    const { code, stderr } = await sandbox.run('serve', '--no-http');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^DATA_DIR_IN_USE: .*agentcoord serve.*${host.process.pid}`));
    expect((await sandbox.run('status')).code).toBe(0);
  });

  it('works on an epic; a person sends the work back, then signs', async () => {
    const { epic } = await sandbox.json('epic', 'create', '--workflow', 'launch', '--title', 'Go');
    const gate = await until(async () => {
      const { gates } = await sandbox.json('gates');
      return gates.find(({ name, slots }: Json) => {
        const open = slots.filter(({ signOff }: Json) => signOff === null);
        return name === 'readiness_check' && open.length === 1;
      });
    });
    expect(gate).toMatchObject({ state: 'waiting', needsHuman: true, epic: { title: 'Go' } });
    expect(gate.artifacts).toMatchObject([{ sha256: gate.artifactSha256, from: 'Regression testing' }]);

    const wrong = await sandbox.run('approve', gate.id, '--as', 'designer');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('designer');

    const rejected = await sandbox.json('reject', 'readiness_check', '--note', 'test it on Windows, too');
    expect(rejected.gate.state).toBe('rejected');
    const again = await until(async () => {
      const { gates } = await sandbox.json('gates');
      return gates.find(({ artifactSha256 }: Json) => artifactSha256 !== gate.artifactSha256);
    });
    expect(again.slots.every(({ signOff }: Json) => signOff?.artifactSha256 !== gate.artifactSha256)).toBe(
      true,
    );
    const { tasks } = await sandbox.json('tasks', '--epic', epic.id);
    const redone = tasks.find(({ title }: Json) => title === 'Regression testing');
    expect(redone.notes).toMatchObject([
      { gate: 'readiness_check', by: 'owner', note: 'test it on Windows, too' },
    ]);

    const { gate: signed } = await sandbox.json('approve', again.id.slice(0, 9), '--note', 'go');
    expect(signed.slots).toContainEqual(
      expect.objectContaining({
        signOff: expect.objectContaining({ member: 'owner', kind: 'human', overrideBy: 'ceo', note: 'go' }),
      }),
    );
    await until(async () => (await sandbox.json('status')).epics[0].state === 'completed');
  });

  it('lists its workers and shows what one has said', async () => {
    const { workers } = await sandbox.json('workers');
    expect(workers.length).toBeGreaterThan(3);
    const [worker] = workers;
    expect(worker).toMatchObject({ state: 'ready', launcher: 'subprocess', runner: 'script', endedAt: null });
    const { log } = await sandbox.json('worker', 'log', worker.agent);
    expect(log).toContain('ready: works for');
    expect((await sandbox.run('worker', 'log', worker.id)).stdout).toContain(log.split('\n')[0]);
  });

  it('ends when it is told to, its workers first', async () => {
    const { workers } = await sandbox.json('workers');
    const exit = host.end('SIGINT');
    // Ctrl-C reaches a program twice when the one that started it passes it on.
    host.process.kill('SIGINT');
    expect(await exit).toBe(0);
    for (const { pid } of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(join(sandbox.dataDir, 'host.json'))).toBe(false);
    expect(existsSync(host.ready.socket)).toBe(false);
    const status = await sandbox.json('status');
    expect(status).toMatchObject({ host: null, workers: [] });
  });
});

describe('a host that was killed', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.remove());

  it('stands in nobody’s way, though its files are still there', async () => {
    const host = await serve(sandbox.dataDir, '--no-http', '--workers', '0');
    await sandbox.json('init', '--template', 'startup');
    await host.end('SIGKILL');
    expect(existsSync(join(sandbox.dataDir, 'host.json'))).toBe(true);
    expect((await sandbox.json('status')).host).toBeNull();

    const next = await serve(sandbox.dataDir, '--no-http', '--workers', '0');
    expect(next.ready.url).toBeNull();
    expect((await sandbox.json('status')).host.pid).toBe(next.process.pid);
    expect(await next.end('SIGINT')).toBe(0);
  });
});

describe('a host that can not start', () => {
  it('names the runners there are', async () => {
    const sandbox = await openSandbox();
    const { code, stderr } = await sandbox.run('serve', '--no-http', '--runner', 'abacus');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^NOT_FOUND: .*abacus.*script, command/);
    await sandbox.remove();
  });

  it.each([
    ['is not there', 'nowhere', 'it is not there'],
    ['is a file', 'file', 'it is no folder'],
  ])('refuses a workspace that %s, and makes none', async (_what, name, why) => {
    const sandbox = await openSandbox();
    await writeFile(join(sandbox.dataDir, 'file'), '');
    const folder = join(sandbox.dataDir, name);
    const { code, stdout, stderr } = await sandbox.run('serve', '--no-http', '--workspace', folder);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `WORKSPACE_UNUSABLE: The workspace ${folder} can't be used: ${why}. Make the folder first, or name another one\n`,
    );
    expect(existsSync(join(sandbox.dataDir, 'nowhere'))).toBe(false);
    await sandbox.remove();
  });
});

/** Asks until the answer is worth something. */
async function until<Answer>(ask: () => Promise<Answer>): Promise<NonNullable<Answer>> {
  for (const deadline = Date.now() + 15_000; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error('It did not come to pass within 15 s');
    await pause(100);
  }
}

it('says that nobody works where no worker may be started', async () => {
  const sandbox = await openSandbox();
  const args = ['serve', '--workers', '0', '--no-http', '--data-dir', sandbox.dataDir];
  const child = startAgentcoord(args);
  try {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('No worker will be started (--workers 0)');
  } finally {
    child.kill('SIGTERM');
    await once(child, 'close');
    await sandbox.remove();
  }
});
