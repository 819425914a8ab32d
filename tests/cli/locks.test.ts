/** `agentcoord locks` with a host that runs: taken, seen, waited for, let go and taken away. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, startAgentcoord } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let host: ServingHost;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  host = await serve(sandbox.dataDir, '--no-http', '--workers', '0');
});
afterAll(async () => {
  await host?.end();
  await sandbox.remove();
});

/** A `locks acquire` that holds its lock, and how it ends. */
async function hold(...args: readonly string[]) {
  const child = startAgentcoord(['--data-dir', sandbox.dataDir, 'locks', 'acquire', ...args, '--json']);
  const closed = once(child, 'close');
  let printed = '';
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (printed.endsWith('}\n')) break;
  }
  const ended = async () => {
    const [code] = await closed;
    return { code, stderr: complaints };
  };
  return {
    lock: JSON.parse(printed).lock as Json,
    ended,
    stop: () => {
      child.kill('SIGINT');
      return ended();
    },
  };
}

const locks = async (): Promise<Json> => (await sandbox.json('locks')).locks;

describe('locks', () => {
  it('are held until Ctrl-C, and seen meanwhile', async () => {
    const { lock, stop } = await hold('src/**', '--intent', 'to refactor', '--ttl', '15m');
    expect(lock).toMatchObject({
      id: expect.stringMatching(/^lock_/),
      scope: 'src/**',
      holder: 'owner',
      session: expect.stringMatching(/^session_/),
      worker: null,
      task: null,
      intent: 'to refactor',
      token: expect.any(Number),
    });
    expect(Date.parse(lock.until) - Date.parse(lock.acquiredAt)).toBe(900_000);
    expect(await locks()).toEqual([lock]);
    expect((await sandbox.json('locks', '--scope', 'docs')).locks).toEqual([]);
    expect((await sandbox.json('locks', '--scope', 'SRC/app.ts')).locks).toEqual([lock]);
    const { stdout } = await sandbox.run('locks');
    expect(stdout).toMatch(/FILES +BY +FOR/);
    expect(stdout).toContain('to refactor');
    const refused = await sandbox.run('locks', 'acquire', 'src/app.ts', '--intent', 'to write');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('LOCK_HELD: “src/app.ts” is locked: owner has held “src/**”');
    expect(await stop()).toMatchObject({ code: 0 });
    expect(await locks()).toEqual([]);
    expect((await sandbox.run('locks')).stdout).toBe('Nothing is locked.\n');
    expect((await sandbox.json('locks', '--at', String(lock.token))).locks).toEqual([lock]);
  });

  it('are waited for', async () => {
    const first = await hold('docs', '--intent', 'first');
    const second = hold('docs/a.md', '--intent', 'second', '--wait', '1m');
    // It waits meanwhile, or starts to when the first is gone: both end well.
    await delay(1_500);
    expect(await locks()).toEqual([first.lock]);
    await first.stop();
    const { lock, stop } = await second;
    expect(lock.token).toBeGreaterThan(first.lock.token);
    await stop();
  });

  it('are given up by Ctrl-C while they are waited for, which is told', async () => {
    const { stop } = await hold('docs/**', '--intent', 'to write');
    const child = startAgentcoord([
      ...['--data-dir', sandbox.dataDir, 'locks', 'acquire', 'docs/a.md', '--intent', 'to read'],
      ...['--wait', '60s', '--json'],
    ]);
    const closed = once(child, 'close');
    let printed = '';
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk);
    });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
    });
    await expect.poll(() => said, { timeout: 15_000 }).toContain('\n');
    expect(said).toMatch(
      /^“docs\/a\.md” is locked: owner has held “docs\/\*\*”.* Waiting for it, up to 1 min\./,
    );
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(130);
    expect(JSON.parse(printed)).toMatchObject({
      error: { code: 'LOCK_HELD', message: expect.stringContaining('you stopped') },
    });
    await stop();
  });

  it('take a path as it is when it is said to be one', async () => {
    const { lock, stop } = await hold('app/[id]/*.ts', '--intent', 'x', '--literal');
    expect(lock.scope).toBe('app/[[]id]/[*].ts');
    await stop();
  });

  it('are let go from another terminal, or taken away, and their holder hears of it', async () => {
    const own = await hold('a', '--intent', 'x');
    expect((await sandbox.json('locks', 'release', 'a')).lock).toEqual(own.lock);
    expect(await own.ended()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('LOCK_LOST: “a” is not yours'),
    });
    const forced = await hold('b', '--intent', 'x');
    await sandbox.json('locks', 'release', forced.lock.id, '--force', '--reason', 'it is in the way');
    expect(await forced.ended()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it is in the way'),
    });
    const gone = await sandbox.run('locks', 'release', 'b');
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('No lock is called “b”') });
  });

  it('end with whoever held them, however that ended', async () => {
    const child = startAgentcoord(['--data-dir', sandbox.dataDir, 'locks', 'acquire', 'c', '--intent', 'x']);
    await once(child.stdout ?? child, 'data');
    expect(await locks()).toHaveLength(1);
    child.kill('SIGKILL');
    await expect.poll(locks, { timeout: 15_000 }).toEqual([]);
  });

  it.each([
    ['a scope that leads out', ['acquire', '../up', '--intent', 'x'], 1, 'PATH_OUTSIDE'],
    ['no intent', ['acquire', 'a'], 2, "'--intent <text>'"],
    ['force without a reason', ['release', 'a', '--force'], 2, 'go together'],
    ['a reason without force', ['release', 'a', '--reason', 'x'], 2, 'go together'],
  ])('refuse %s', async (_what, args, code, words) => {
    const run = await sandbox.run('locks', ...args);
    expect(run).toMatchObject({ code, stderr: expect.stringContaining(words) });
  });

  it('are not taken while no host runs', async () => {
    const other = await openSandbox();
    await other.json('init', '--template', 'startup');
    const { code, stderr } = await other.run('locks', 'acquire', 'a', '--intent', 'x');
    expect(code).toBe(1);
    expect(stderr).toContain('agentcoord serve');
    await other.remove();
  });
});
