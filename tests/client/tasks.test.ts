/** Tasks of a script: claimed once, kept by themselves, finished or given back, and told when they are lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Session } from '../../src/client/session.ts';
import type { CoordError } from '../../src/core/error.ts';
import { aborted, openClientHost } from './client-host.ts';
import { openDeafLine } from './deaf-line.ts';

async function taskOf(session: Session, id: string) {
  return (await session.query('tasks', {})).find(({ task }) => task.id === id)?.task;
}

async function claimed(session: Session, options: Parameters<Session['claimTask']>[0] = {}) {
  const task = await session.claimTask({ wait: 5_000, ...options });
  if (!task) throw new Error('no task came');
  return task;
}

it('claims by tags, and hands in what it made', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const [ui, api] = await owner.createTasks([
    { title: 'Draw', tags: ['ui'], priority: 'HIGH' },
    { title: 'Serve', tags: ['backend', 'api'], description: 'GET /health' },
  ]);
  const ann = await host.connect({ member: 'ann' });
  expect(await ann.claimTask({ tags: ['mobile'] })).toBeNull();
  {
    await using task = await claimed(ann, { tags: ['backend'] });
    expect(task).toMatchObject({ id: api, title: 'Serve' });
    expect(task.brief.task.description).toBe('GET /health');
    await task.complete([{ path: 'health.ts', content: 'export {};\n' }]);
  }
  const done = await taskOf(owner, api ?? '');
  expect(done?.state).toBe('done');
  const [artifact] = done?.submission?.artifacts ?? [];
  expect(Buffer.from(await owner.readArtifact(artifact?.hash ?? '')).toString()).toBe('export {};\n');
  expect((await taskOf(owner, ui ?? ''))?.state).toBe('ready');
});

it('waits for a task, and stops waiting with the signal', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const ann = await host.connect({ member: 'ann' });
  const stop = new AbortController();
  const none = ann.claimTask({ wait: Infinity, tags: ['never'], signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(none).rejects.toThrow('enough');
  const coming = ann.claimTask({ wait: Infinity });
  await owner.createTasks([{ title: 'Late' }]);
  expect((await coming)?.title).toBe('Late');
});

it('is kept longer than its lease, and given back at the end of the block', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const [id] = await owner.createTasks([{ title: 'Long' }]);
  const ann = await host.connect({ member: 'ann' });
  {
    await using task = await claimed(ann);
    // The company's lease is three seconds.
    await delay(5_000);
    expect(task.lost.aborted).toBe(false);
    expect(await taskOf(owner, id ?? '')).toMatchObject({ state: 'leased' });
  }
  expect((await taskOf(owner, id ?? ''))?.attempts).toMatchObject([{ outcome: 'released' }]);
});

it('fails with its reason and may be tried again', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  await owner.createTasks([{ title: 'Hard' }]);
  const ann = await host.connect({ member: 'ann' });
  await (await claimed(ann)).fail('the tests are red');
  const again = await claimed(ann);
  expect(again.brief.task.attempts[0]).toMatchObject({ outcome: 'failed', reason: 'the tests are red' });
  await again.complete();
  await expect(again.complete()).rejects.toMatchObject({ code: 'LEASE_LOST' });
});

it('is told when the task is cancelled meanwhile', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const [id] = await owner.createTasks([{ title: 'Moot' }]);
  const ann = await host.connect({ member: 'ann' });
  const task = await claimed(ann);
  if (!id) throw new Error('no task was created');
  await owner.command({ type: 'task.cancel', taskId: id, reason: 'nobody wants it' });
  expect(await aborted(task.lost)).toMatchObject({
    code: 'LEASE_LOST',
    message: expect.stringContaining('nobody wants it'),
  });
  await expect(task.complete()).rejects.toMatchObject({ code: 'LEASE_LOST' });
});

it('names what it created when one of many is refused', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const refused = owner.createTasks([{ title: 'Good' }, { title: 'Bad', roleId: 'wizard' }]);
  await expect(refused).rejects.toMatchObject({ details: { created: [expect.stringMatching(/^task_/)] } });
});

it('gives a person the task that they name', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const [id] = await owner.createTasks([{ title: 'By hand' }]);
  const hera = await host.connect({ member: 'hera' });
  await expect(hera.claimTask()).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await (await claimed(hera, { taskId: id ?? '' })).complete();
  expect(await taskOf(owner, id ?? '')).toMatchObject({ state: 'done' });
});

it('is told of a task that was cancelled as soon as it was claimed', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  owner.onEvent({ types: ['task.claimed'] }, async ({ event }) => {
    if (event.type !== 'task.claimed') return;
    await owner.command({ type: 'task.cancel', taskId: event.taskId, reason: 'too late' });
  });
  const ann = await host.connect({ member: 'ann' });
  for (let round = 0; round < 10; round += 1) {
    await owner.createTasks([{ title: `Moot ${round}` }]);
    const task = await claimed(ann);
    expect(await aborted(task.lost)).toMatchObject({ message: expect.stringContaining('too late') });
  }
});

it.each([
  ['an agent', 'ann'],
  ['a person', 'hera'],
])('gives back what %s was about to claim as the session was closed', async (_kind, member) => {
  const host = await openClientHost();
  const owner = await host.connect();
  for (let round = 0; round < 6; round += 1) {
    const [id = ''] = await owner.createTasks([{ title: `Round ${round}` }]);
    const session = await host.connect({ member });
    const claiming = session.claimTask({ taskId: id }).then(
      () => null,
      (refusal: CoordError) => refusal,
    );
    // Before the receipt, with it, or after it.
    await delay(round / 2);
    await session.close();
    expect([null, 'NOT_CONNECTED']).toContain((await claiming)?.code ?? null);
    const task = await taskOf(owner, id);
    expect(task?.state).toBe('ready');
    expect(task?.attempts.map(({ outcome }) => outcome)).not.toContain('failed');
  }
});

it('closes at once while it waits for a task', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const waiting = ann.claimTask({ wait: Infinity });
  const locking = (await host.connect({ member: 'bob' })).lockFile('a.ts', { intent: 'x' });
  await locking;
  const lock = ann.lockFile('a.ts', { intent: 'y', wait: Infinity });
  await delay(50);
  const start = performance.now();
  await Promise.all([
    ann.close(),
    expect(waiting).rejects.toMatchObject({ code: 'NOT_CONNECTED' }),
    expect(lock).rejects.toMatchObject({ code: 'NOT_CONNECTED' }),
  ]);
  expect(performance.now() - start).toBeLessThan(1_000);
});

it('closes also when its host has gone silent, and what it held comes free', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const line = await openDeafLine(host.dataDir);
  const ann = await host.connect({ ...line.address, member: 'ann' });
  const [held = '', asked = ''] = await owner.createTasks([{ title: 'Held' }, { title: 'Asked for' }]);
  await ann.claimTask({ taskId: held });
  const lock = await ann.lockFile('a.ts', { intent: 'x' });
  line.deafen();
  const claiming = ann.claimTask({ taskId: asked, wait: Infinity }).catch((error: unknown) => error);
  await ann.close();
  expect(await claiming).toMatchObject({ code: 'NOT_CONNECTED' });
  await expect.poll(async () => (await taskOf(owner, held))?.state).toBe('ready');
  await expect
    .poll(() => owner.query('locks', {}))
    .not.toContainEqual(expect.objectContaining({ id: lock.id }));
});

it('closes also while it comes back to a host that says nothing', async () => {
  const host = await openClientHost();
  const line = await openDeafLine(host.dataDir);
  const hera = await host.connect({ ...line.address, member: 'hera' });
  line.breakOff();
  line.deafen();
  await line.tried();
  await hera.close();
});

it('has what a person claimed also when the answer was lost with the line', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const line = await openDeafLine(host.dataDir);
  const hera = await host.connect({ ...line.address, member: 'hera' });
  const [id = ''] = await owner.createTasks([{ title: 'By hand' }]);
  line.deafen();
  const claiming = hera.claimTask({ taskId: id });
  await expect.poll(async () => (await taskOf(owner, id))?.state).toBe('leased');
  line.breakOff();
  const task = await claiming;
  expect(task).toMatchObject({ id, title: 'By hand' });
  await task?.complete();
  expect((await taskOf(owner, id))?.state).toBe('done');
});

it('creates many in order', { timeout: 60_000 }, async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const ids = await owner.createTasks(Array.from({ length: 5_000 }, (_, i) => ({ title: `Task ${i}` })));
  expect(new Set(ids).size).toBe(5_000);
  const { tasks } = await owner.query('snapshot', {});
  const orders = new Map(tasks.map(({ id, title, order }) => [id, { title, order }]));
  const made = ids.map((id) => orders.get(id));
  expect(made.map((task) => task?.title)).toEqual(ids.map((_, i) => `Task ${i}`));
  expect(made.map((task) => task?.order ?? 0)).toEqual(
    made.map((task) => task?.order ?? 0).toSorted((a, b) => a - b),
  );
});

it('asks for no more of many when one is refused', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const bad = { title: 'Bad', roleId: 'wizard' };
  const good = Array.from({ length: 2_000 }, (_, i) => ({ title: `Good ${i}` }));
  const refusal = await owner.createTasks([bad, ...good]).catch((error: unknown) => error);
  const created = (refusal as CoordError).details['created'];
  const { tasks } = await owner.query('snapshot', {});
  expect(tasks.map(({ id }) => id).toSorted()).toEqual((created as string[]).toSorted());
  expect(tasks.length).toBeLessThan(1_000);
});
