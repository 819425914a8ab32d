/** A session outlives its line: it comes back by itself, says what was lost, and misses no event. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CoordError } from '../../src/core/error.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { aborted, openClientHost } from './client-host.ts';

it('comes back after the host was gone, and what was held is told as lost', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const [id] = await owner.createTasks([{ title: 'Interrupted' }]);
  const ann = await host.connect({ member: 'ann' });
  const back = new Promise<void>((resolve) => ann.onLineBack(resolve));
  const lock = await ann.lockFile('a.ts', { intent: 'work' });
  const task = await ann.claimTask({ wait: 5_000 });
  if (!task) throw new Error('no task came');
  await host.close();
  expect(await aborted(lock.lost)).toMatchObject({ code: 'LOCK_LOST' });
  expect(await aborted(task.lost)).toMatchObject({ code: 'LEASE_LOST' });
  await expect(task.complete()).rejects.toMatchObject({ code: 'LEASE_LOST' });
  const asked = ann.status();
  await host.open();
  expect((await asked).company.name).toBe('Acme');
  await back;
  expect(ann.member.name).toBe('ann');
  const again = await ann.lockFile('a.ts', { intent: 'again', wait: 10_000 });
  expect(again.token).toBeGreaterThan(lock.token);
  expect((await ann.claimTask({ wait: 15_000 }))?.id).toBe(id);
});

it('ends with a stop of everything, says so, and comes back when the company goes on', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  await owner.createTasks([{ title: 'Stopped' }]);
  const ann = await host.connect({ member: 'ann' });
  const gone = new Promise<CoordError>((resolve) => ann.onLineLost(resolve));
  const back = new Promise<void>((resolve) => ann.onLineBack(resolve));
  const lock = await ann.lockFile('a.ts', { intent: 'work' });
  const task = await ann.claimTask({ wait: 5_000 });
  if (!task) throw new Error('no task came');
  await owner.command({ type: 'company.stop', reason: 'a fire' });
  expect(await aborted(lock.lost)).toMatchObject({ code: 'LOCK_LOST' });
  expect(await aborted(task.lost)).toMatchObject({ code: 'LEASE_LOST' });
  expect(await gone).toMatchObject({
    code: 'SESSION_INVALID',
    message: expect.stringContaining(': the company was stopped: a fire.'),
  });
  await expect(host.connect({ member: 'ann' })).rejects.toMatchObject({ code: 'PAUSED' });
  const asked = ann.lockFile('a.ts', { intent: 'again' });
  await owner.command({ type: 'company.resume' });
  await back;
  expect((await asked).token).toBeGreaterThan(lock.token);
});

it('keeps a person’s task over the loss of the line', async () => {
  const host = await openClientHost();
  const hera = await host.connect({ member: 'hera' });
  const owner = await host.connect();
  const [id] = await owner.createTasks([{ title: 'By hand' }]);
  const task = await hera.claimTask({ taskId: id ?? '' });
  await host.close();
  await host.open();
  await task?.complete();
  expect(task?.lost.aborted).toBe(false);
  expect((await owner.query('tasks', { state: 'done' })).map(({ task: done }) => done.id)).toEqual([id]);
});

it('skips no event and repeats none, over restarts of the host', { timeout: 60_000 }, async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const seen: StoredEvent[] = [];
  const all = owner.onEvent({ after: 0 }, async (event) => {
    seen.push(event);
    await new Promise(setImmediate);
  });
  const titles: string[] = [];
  owner.onEvent({ types: ['task.created'] }, ({ event }) => {
    if (event.type === 'task.created') titles.push(event.task.title);
  });
  const created: string[] = [];
  for (const round of [1, 2, 3]) {
    const tasks = Array.from({ length: 20 }, (_, i) => ({ title: `${round}.${i}` }));
    await owner.createTasks(tasks);
    created.push(...tasks.map(({ title }) => title));
    await host.close();
    await host.open();
  }
  await expect.poll(() => titles.length, { timeout: 20_000 }).toBe(60);
  expect(titles).toEqual(created);
  const { seq } = await owner.status();
  await expect.poll(() => all.seen, { timeout: 20_000 }).toBe(seq);
  expect(seen.map((event) => event.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
  await all.stop();
});

it('hears of nothing that was before it subscribed, and of all that the script does then', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const other = await host.connect();
  for (let round = 0; round < 10; round += 1) {
    await other.createTasks([{ title: `Before ${round}` }]);
    const titles: string[] = [];
    const subscription = owner.onEvent({ types: ['task.created'] }, ({ event }) => {
      if (event.type === 'task.created') titles.push(event.task.title);
    });
    await owner.createTasks([{ title: `After ${round}` }]);
    const { seq } = await owner.status();
    await expect.poll(() => subscription.seen).toBe(seq);
    expect(titles).toEqual([`After ${round}`]);
    await subscription.stop();
  }
});

it('ends a subscription with what its handler throws, and warns', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const warned = once(process, 'warning');
  const failing = owner.onEvent({ types: ['task'] }, () => {
    throw new Error('out of paper');
  });
  await owner.createTasks([{ title: 'Print' }]);
  expect(await warned).toMatchObject([
    { code: 'SUBSCRIPTION_ENDED', detail: expect.stringContaining('out of paper') },
  ]);
  await expect(failing.ended).rejects.toThrow('out of paper');
});

it('goes on after what its handler throws when somebody is told of it', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const failed: string[] = [];
  const onError = (error: unknown, { event }: StoredEvent) => {
    failed.push(`${event.type}: ${String(error)}`);
  };
  const seen: string[] = [];
  await using _subscription = owner.onEvent({ types: ['task.created'], onError }, ({ event }) => {
    if (event.type !== 'task.created') return;
    seen.push(event.task.title);
    if (event.task.title === 'One') throw new Error('out of paper');
  });
  await owner.createTasks([{ title: 'One' }, { title: 'Two' }]);
  await expect.poll(() => seen).toEqual(['One', 'Two']);
  expect(failed).toEqual(['task.created: Error: out of paper']);
});

it.each([
  ['bogus', '`bogus` is no type of event: there are `company`'],
  ['task.don', 'did you mean `task.done`?'],
])('refuses to wait for events of the type %s, of which there are none', async (type, words) => {
  const host = await openClientHost();
  const owner = await host.connect();
  const subscribe = () => owner.onEvent({ types: ['task', type] }, () => undefined);
  expect(subscribe).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(words) }),
  );
});

it('tells of the line until it is told not to', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const told: string[] = [];
  const ends = [
    owner.onLineLost(() => told.push('lost, one')),
    owner.onLineBack(() => told.push('back, one')),
  ];
  owner.onLineLost(() => told.push('lost, two'));
  for (const end of ends) end();
  await host.close();
  await host.open();
  await owner.status();
  expect(told).toEqual(['lost, two']);
});

it('is not told as lost when its own script closes it', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const told: string[] = [];
  owner.onLineLost(({ code }) => told.push(code));
  await owner.close();
  // What is told of a line that ends is told by then.
  await delay(50);
  expect(told).toEqual([]);
});

it('refuses what is asked after it was closed', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const subscription = owner.onEvent({}, () => undefined);
  await owner.close();
  await subscription.ended;
  await expect(owner.status()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  await owner.close();
});
