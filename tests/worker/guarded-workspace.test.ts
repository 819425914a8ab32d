/** A worker locks, reads and writes the company's files through its host, and learns when a lock is lost. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HeldLock } from '../../src/client/held-lock.ts';
import { Holdings } from '../../src/client/holdings.ts';
import type { GuardedWorkspace } from '../../src/contract/guarded-workspace.ts';
import { nothingToHandOver } from '../../src/contract/model-access.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { Runner } from '../../src/contract/runner.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import type { DurationMs } from '../../src/core/units.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { openGuardedWorkspace } from '../../src/worker/guarded-workspace.ts';
import { runTask } from '../../src/worker/run-task.ts';
import { RunningTask } from '../../src/worker/running-task.ts';
import type { RealCompany } from '../real-company.ts';
import { openRealCompany } from '../real-company.ts';

const for_ = (duration: number) => duration as DurationMs;
const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString();

/** A connection over the socket, as a worker has it. */
async function memberOf({ company, sessions, socket, member }: RealCompany, name: string) {
  const connection = connectClient(await openSocketChannel(socket));
  onTestFinished(() => connection.close());
  const token = sessions.issue({ companyId: company.id, memberId: (await member(name)).id });
  await connection.hello({ version: rpcVersion, token, client: 'test' });
  return connection;
}

async function workspaceOf(real: RealCompany, name: string, signal = new AbortController().signal) {
  const workspace = openGuardedWorkspace(await memberOf(real, name), null, new Holdings(), signal);
  onTestFinished(() => workspace.close());
  return workspace;
}

const intent = 'to change it';

describe('the guarded workspace of a worker', () => {
  it('reads and writes under a lock, one file or several', async () => {
    const workspace = await workspaceOf(await openRealCompany(), 'ann');
    const files = await workspace.lock('docs/**', { intent });
    expect(await files.read('docs/a.md')).toBeNull();
    await files.write('docs/a.md', Buffer.from('one'));
    expect(text(await workspace.read('docs/a.md'))).toBe('one');
    await files.merge([
      { path: 'docs/a.md', bytes: null },
      { path: 'docs/b.md', bytes: Buffer.from('two') },
    ]);
    expect([await files.read('docs/a.md'), text(await files.read('docs/b.md'))]).toEqual([null, 'two']);
    await files.release();
    await expect(files.write('docs/b.md', Buffer.from('late'))).rejects.toMatchObject({ code: 'LOCK_LOST' });
  });

  it('says at once who has the lock, or waits for it', async () => {
    const real = await openRealCompany();
    const [ann, pia] = [await workspaceOf(real, 'ann'), await workspaceOf(real, 'pia')];
    const first = await ann.lock('src', { intent: 'to refactor' });
    const refused = expect.objectContaining({ code: 'LOCK_HELD', message: expect.stringContaining('ann') });
    await expect(pia.lock('src/a.ts', { intent })).rejects.toEqual(refused);
    const start = performance.now();
    await expect(pia.lock('src/a.ts', { intent, wait: for_(100) })).rejects.toEqual(refused);
    expect(performance.now() - start).toBeGreaterThanOrEqual(95);
    const waiting = pia.lock('src/a.ts', { intent, wait: for_(60_000) });
    await delay(20);
    await first.release();
    expect((await waiting).token).toBeGreaterThan(first.token);
  });

  it('lets many who wait have it one after the other', async () => {
    const real = await openRealCompany();
    const workspaces: GuardedWorkspace[] = [];
    for (const name of ['ann', 'pia', 'emma', 'ann', 'pia', 'emma'])
      workspaces.push(await workspaceOf(real, name));
    let holders = 0;
    const tokens: number[] = [];
    await Promise.all(
      workspaces.map(async (workspace) => {
        const files = await workspace.lock('counter', { intent, wait: for_(20_000) });
        holders += 1;
        expect(holders).toBe(1);
        tokens.push(files.token);
        await delay(5);
        holders -= 1;
        await files.release();
      }),
    );
    expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
  });

  it('stops waiting when the run is ended, and leaves nothing locked', async () => {
    const real = await openRealCompany();
    const ending = new AbortController();
    const ann = await workspaceOf(real, 'ann');
    const pia = await workspaceOf(real, 'pia', ending.signal);
    const first = await ann.lock('src', { intent });
    const waiting = pia.lock('src', { intent, wait: for_(60_000) });
    await delay(20);
    ending.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(pia.lock('docs', { intent })).rejects.toThrow('stopped');
    const short = new AbortController();
    const atOnce = (await workspaceOf(real, 'pia', short.signal)).lock('src', { intent, wait: for_(60_000) });
    short.abort(new Error('stopped at once'));
    await expect(atOnce).rejects.toThrow('stopped at once');
    await first.release();
    await delay(50);
    expect(await real.owner.query('locks', {})).toEqual([]);
  });

  it('keeps a lock for longer than its time, as long as it lives', async () => {
    const real = await openRealCompany();
    const [ann, pia] = [await workspaceOf(real, 'ann'), await workspaceOf(real, 'pia')];
    const files = await ann.lock('src', { intent, ttl: for_(400) });
    await delay(1_000);
    await expect(pia.lock('src', { intent })).rejects.toMatchObject({ code: 'LOCK_HELD' });
    await files.write('src/a.ts', Buffer.from('x'));
    ann.close();
    await delay(500);
    await pia.lock('src', { intent });
  });

  it('tells that a lock is lost, and writes nothing under it', async () => {
    const real = await openRealCompany();
    const workspace = await workspaceOf(real, 'ann');
    const files = await workspace.lock('src', { intent, ttl: for_(300) });
    const [lock] = await real.owner.query('locks', {});
    const lost = once(files.lost, 'abort');
    await real.owner.command({
      type: 'lock.force_release',
      lockId: lock?.id ?? '',
      reason: 'it is in the way',
    });
    await lost;
    expect(files.lost.reason).toMatchObject({ code: 'LOCK_LOST' });
    await expect(files.write('src/a.ts', Buffer.from('x'))).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(await workspace.read('src/a.ts')).toBeNull();
    await files.release();
  });

  it('is there for a runner: its locks end with the task', async () => {
    const real = await openRealCompany();
    const host = await memberOf(real, 'ann');
    const runner: Runner = {
      name: 'writer',
      run: async ({ guarded }) => {
        const files = await guarded.lock('src/**', { intent: 'to build it' });
        await files.write('src/app.ts', Buffer.from('built'));
        return { kind: 'artifacts', files: [] };
      },
    };
    await real.owner.command({ type: 'task.create', title: 'Build', roleId: 'engineer' });
    const [task] = await real.owner.query('tasks', {});
    const taskId = task?.task.id;
    if (!taskId) throw new Error('no task was created');
    const { seq } = await host.command({ type: 'task.claim', taskId });
    const said: string[] = [];
    const log = (line: string) => said.push(line);
    const workerId = 'worker_0000000000' as WorkerId;
    const running = new RunningTask({ taskId, token: seq });
    const parts = {
      host,
      runner,
      options: {},
      handover: nothingToHandOver,
      disk: 'host' as const,
      log,
      workerId,
      locks: new Holdings<HeldLock>(),
    };
    await runTask(running, { ...parts, handingIn: () => undefined });
    expect(said.at(-1)).toContain('handed in');
    expect(text(await (await workspaceOf(real, 'pia')).read('src/app.ts'))).toBe('built');
    const events = await real.owner.query('events', { after: seq, limit: 100 });
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'lock.released', reason: 'lease_ended' }),
    );
    expect(await real.owner.query('locks', {})).toEqual([]);
  });
});
