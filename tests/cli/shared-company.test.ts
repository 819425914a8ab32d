/** A company on two hosts: two real programs with folders of their own, joined by one real Redis. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { companyAt, newPlace, untilOpen } from './place.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';

let redis: RedisServer;
let url: string;
beforeAll(async () => {
  redis = await startRedisServer();
  url = `redis://127.0.0.1:${redis.port}`;
});
afterAll(() => redis.stop());

/** A program takes a while to start on a busy machine. */
const patient = { timeout: 20_000 };

const doneTasks = async ({ json }: Sandbox, name: string): Promise<string[]> =>
  (await json('tasks', '--state', 'done', '--company', name)).tasks.map(({ title }: Json) => title);

it('is moved from one, joined by the other, and what is created on one is done on the other', {
  timeout: 120_000,
}, async () => {
  const [one, two] = [await newPlace(), await newPlace()];
  const { company } = await one.json('init', '--template', 'startup', '--name', 'Acme');
  const host = await one.serve('--workers', '0');
  await one.json('task', 'create', '--title', 'Before the move', '--role', 'engineer');
  const moved = await one.json('move', '--to', url);
  expect(moved).toMatchObject({ id: company.id, place: url, from: null });
  expect(await redis.cli('XLEN', `agentcoord:{${company.id}}:events`)).not.toBe('0');

  await two.serve('--redis-url', url, '--workers', '2');
  await expect
    .poll(() => companyAt(two, 'Acme'), { timeout: 15_000 })
    .toMatchObject({ id: company.id, place: url, state: 'open' });
  await one.json('task', 'create', '--title', 'After the move', '--role', 'engineer');
  await expect
    .poll(async () => (await doneTasks(one, 'Acme')).sort(), { timeout: 60_000 })
    .toEqual(['After the move', 'Before the move']);
  expect(await two.json('verify')).toMatchObject({ ok: true });

  // Both show themselves; one that stands still does not, though nobody counts it as lost yet.
  const seen = async () =>
    (await two.json('hosts')).hosts.map(({ isThis, isSeen }: Json) => [isThis, isSeen]);
  expect((await seen()).sort()).toEqual([
    [false, true],
    [true, true],
  ]);
  // The next start of a host finds it where it is, without being told again.
  await host.end();
  await expect
    .poll(async () => (await seen()).sort(), { timeout: 15_000 })
    .toEqual([
      [false, false],
      [true, true],
    ]);
  const { stdout } = await two.run('hosts');
  expect(stdout).toMatch(/ \(this host\) +there /);
  expect(stdout).toMatch(/ not seen /);
  await one.serve('--workers', '0');
  expect(await companyAt(one, 'Acme')).toMatchObject({ state: 'open', place: url });
  expect((await doneTasks(one, 'Acme')).sort()).toEqual(['After the move', 'Before the move']);
});

it('leaves what the workers of one host hold to them, when another joins or starts anew', {
  timeout: 120_000,
}, async () => {
  const [one, two] = [await newPlace(), await newPlace()];
  await one.json('init', '--template', 'startup', '--name', 'Flora');
  await one.serve('--workers', '0');
  await one.json('move', '--to', url);
  const mine = ['--company', 'Flora'];
  await one.json('task', 'create', '--title', 'Long', '--role', 'engineer', ...mine);
  const client = await one.connect('Flora');
  const { workerId } = await client.actAs({ role: 'engineer', pid: process.pid });
  await client.command({ type: 'task.claim' });
  const acquired = { type: 'lock.acquire', scope: 'docs/**', intent: 'write', ttl: 60_000 } as const;
  await client.command(acquired);
  for (let start = 0; start < 2; start += 1) {
    const other = await two.serve('--redis-url', url, '--workers', '2');
    await untilOpen(two, 'Flora');
    await expect
      .poll(async () => (await two.json('workers', ...mine)).workers, { timeout: 15_000 })
      .toMatchObject([{ id: workerId }]);
    expect((await one.json('tasks', '--state', 'leased', ...mine)).tasks).toHaveLength(1);
    expect((await one.json('locks', ...mine)).locks).toHaveLength(1);
    await other.end();
  }
});

it('goes back to one host, and the other one says so and takes nothing', { timeout: 120_000 }, async () => {
  const [one, two] = [await newPlace(), await newPlace()];
  await one.json('init', '--template', 'startup', '--name', 'Borea');
  await one.serve('--workers', '0');
  await one.json('move', '--to', url);
  const other = await two.serve('--redis-url', url, '--workers', '0');
  await untilOpen(two, 'Borea');
  const mine = ['--company', 'Borea'];
  await two.json('task', 'create', '--title', 'From two', ...mine);

  expect(await one.json('move', '--to', 'here', ...mine)).toMatchObject({ place: null, from: url });
  await one.json('task', 'create', '--title', 'Alone', ...mine);
  const refused = await two.run('task', 'create', '--title', 'Too late', ...mine);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/LOG_UNAVAILABLE.*one host alone/);
  await expect
    .poll(() => companyAt(two, 'Borea'), { timeout: 15_000 })
    .toMatchObject({ state: 'closed', why: expect.stringContaining('host_') });
  const titles = async (place: Sandbox) =>
    (await place.json('tasks', ...mine)).tasks.map((t: Json) => t.title);
  expect((await titles(one)).sort()).toEqual(['Alone', 'From two']);
  expect(await titles(two)).toEqual(['From two']);

  // There again, the other host goes on where it is by itself.
  await one.json('move', '--to', 'redis', ...mine);
  await untilOpen(two, 'Borea');
  await expect.poll(async () => (await titles(two)).sort(), patient).toEqual(['Alone', 'From two']);
  await two.json('task', 'create', '--title', 'In time', ...mine);
  await expect
    .poll(async () => (await titles(one)).sort(), patient)
    .toEqual(['Alone', 'From two', 'In time']);
  expect((await two.json('verify', ...mine)).ok).toBe(true);

  // Who was away when it left hears of it at the next start.
  await other.end();
  // It may take a moment until the one that stays has read that the other has left: until then it refuses.
  await expect.poll(async () => (await one.run('move', '--to', 'here', ...mine)).code, patient).toBe(0);
  await two.serve('--redis-url', url, '--workers', '0');
  const { stderr } = await two.run('status', ...mine);
  expect(stderr).toMatch(/has left Redis for one host alone/);
});

it('loses and refuses nothing that is asked while it moves there and back', {
  timeout: 120_000,
}, async () => {
  const place = await newPlace();
  await place.json('init', '--template', 'startup', '--name', 'Ceres');
  await place.serve('--workers', '0');
  const client = await place.connect('Ceres');
  let moving = true;
  const asked: Promise<unknown>[] = [];
  const asking = (async () => {
    for (let n = 1; moving || n <= 200; n += 1) {
      const answer = client.command({ type: 'task.create', title: `Task ${n}` });
      answer.catch(() => undefined);
      asked.push(answer);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  for (let n = 0; n < 3; n += 1) {
    await client.moveCompany({ to: url });
    await client.moveCompany({ to: 'here' });
  }
  moving = false;
  await asking;
  const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
  expect(refused).toEqual([]);
  expect(await client.query('taskCount', {})).toBe(asked.length);
  expect((await place.json('verify', '--company', 'Ceres')).ok).toBe(true);
});

it('has a name for each data directory that stays', async () => {
  const [one, two] = [await newPlace(), await newPlace()];
  const idOf = async ({ dataDir }: Sandbox): Promise<string> =>
    JSON.parse(await readFile(join(dataDir, 'host-id.json'), 'utf8')).id;
  for (const place of [one, two]) await place.json('init', '--template', 'startup', '--name', 'Dione');
  const first = await idOf(one);
  expect(first).toMatch(/^host_[a-z0-9]{10}$/);
  await one.json('status');
  expect(await idOf(one)).toBe(first);
  expect(await idOf(two)).not.toBe(first);
});
