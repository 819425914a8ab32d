/** Locks of a script: one holder, renewed by itself, given back at the end, and told when they are lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { aborted, openClientHost } from './client-host.ts';

it('keeps others out until the end of the block, and tells them why', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const bob = await host.connect({ member: 'bob' });
  {
    await using lock = await ann.lockFile('src/**', { intent: 'rework the parser' });
    await lock.writeFile('src/parser.ts', 'export {};\n');
    await expect(bob.lockFile('src/parser.ts', { intent: 'fix' })).rejects.toMatchObject({
      code: 'LOCK_HELD',
      message: expect.stringContaining('ann'),
      details: expect.objectContaining({ intent: 'rework the parser' }),
    });
  }
  await using lock = await bob.lockFile('src/parser.ts', { intent: 'fix' });
  expect(lock.scope).toBe('src/parser.ts');
  expect(lock.lost.aborted).toBe(false);
});

it('waits until it is free, or until the signal says otherwise', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const bob = await host.connect({ member: 'bob' });
  const first = await ann.lockFile('a.ts', { intent: 'one' });
  const second = bob.lockFile('a.ts', { intent: 'two', wait: Infinity });
  const stop = new AbortController();
  const third = ann.lockFile('a.ts', { intent: 'three', wait: Infinity, signal: stop.signal });
  await expect(ann.lockFile('a.ts', { intent: 'four', wait: 100 })).rejects.toMatchObject({
    code: 'LOCK_HELD',
  });
  stop.abort(new Error('not any more'));
  await expect(third).rejects.toThrow('not any more');
  await first.release();
  expect((await second).token).toBeGreaterThan(first.token);
});

it('is renewed for as long as it is held', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  await using lock = await ann.lockFile('a.ts', { intent: 'slow work', ttl: 2_000 });
  await delay(3_500);
  expect(lock.lost.aborted).toBe(false);
  expect(await ann.query('locks', {})).toHaveLength(1);
});

it('is told when a person takes it away', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const ann = await host.connect({ member: 'ann' });
  const lock = await ann.lockFile('a.ts', { intent: 'work' });
  await owner.command({ type: 'lock.force_release', lockId: lock.id, reason: 'the release is due' });
  expect(await aborted(lock.lost)).toMatchObject({
    code: 'LOCK_LOST',
    message: expect.stringContaining('the release is due'),
  });
  await expect(lock.writeFile('a.ts', 'late')).rejects.toMatchObject({ code: 'LOCK_LOST' });
  await lock.release();
});

it('is told when it is taken away as soon as it was given', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  owner.onEvent({ types: ['lock.acquired'] }, async ({ event }) => {
    if (event.type !== 'lock.acquired') return;
    await owner.command({ type: 'lock.force_release', lockId: event.lock.id, reason: 'not now' });
  });
  const ann = await host.connect({ member: 'ann' });
  for (let round = 0; round < 10; round += 1) {
    const lock = await ann.lockFile('a.ts', { intent: 'work' });
    expect(await aborted(lock.lost)).toMatchObject({ message: expect.stringContaining('not now') });
  }
});

it('writes several files or none, and none that is not as it was known', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const text = async (path: string) => {
    const bytes = await ann.readFile(path);
    return bytes && Buffer.from(bytes).toString();
  };
  await using lock = await ann.lockFile('src/**', { intent: 'split the parser' });
  const { hash } = await lock.writeFile('src/a.ts', 'one', { ifHash: null });
  await expect(lock.writeFile('src/a.ts', 'again', { ifHash: null })).rejects.toMatchObject({
    code: 'FILE_CHANGED',
  });
  await expect(
    lock.mergeFiles([
      { path: 'src/b.ts', content: 'two' },
      { path: 'docs/b.md', content: 'not under this lock' },
    ]),
  ).rejects.toMatchObject({ code: 'NOT_LOCKED' });
  expect(await text('src/b.ts')).toBeNull();
  const written = await lock.mergeFiles([
    { path: 'src/b.ts', content: 'two' },
    { path: 'src/a.ts', content: null, ifHash: hash },
  ]);
  expect(written).toMatchObject([{ bytes: 3 }, { hash: null }]);
  expect([await text('src/a.ts'), await text('src/b.ts')]).toEqual([null, 'two']);
});
