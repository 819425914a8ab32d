/** What is handed in on one host of a company is there on the other: two real programs, joined by one real Redis. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { TaskBrief } from '../../src/contract/queries.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Artifact } from '../../src/core/task/task.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { cutLineTo } from '../log/redis/cut-line.ts';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import { connectOwner } from './owner-connection.ts';
import type { Place } from './place.ts';
import { newPlace, untilOpen } from './place.ts';
import type { Json } from './run-agentcoord.ts';

const soon = { timeout: 20_000 };
const noWorkers = ['--workers', '0'];

let redis: RedisServer;
let url: string;
beforeEach(async () => {
  redis = await startRedisServer();
  url = `redis://127.0.0.1:${redis.port}`;
});
afterEach(() => redis.stop());

/** A program of its own that acts for an engineer there. */
async function work(place: Place, company: string): Promise<ClientConnection> {
  const client = await place.connect(company);
  await client.actAs({ role: 'engineer', pid: process.pid });
  return client;
}

/** A company that two hosts share. @param reach by which the second one gets at Redis */
async function sharedCompany(name: string, reach = url): Promise<{ id: string; one: Place; two: Place }> {
  const [one, two] = [await newPlace(), await newPlace()];
  const { company } = await one.json('init', '--template', 'startup', '--name', name);
  await one.serve(...noWorkers);
  await one.json('move', '--to', url);
  await two.serve(...noWorkers, '--redis-url', reach);
  await untilOpen(two, name);
  return { id: company.id, one, two };
}

interface Claimed {
  readonly taskId: string;
  readonly token: number;
}

/** A host claims nothing before it knows that the others can't claim the same: a worker asks again. */
async function claim(client: ClientConnection): Promise<Claimed> {
  for (let tries = 0; tries < 50; tries += 1) {
    const { events } = await client.command({ type: 'task.claim' });
    for (const { seq, event } of events) {
      if (event.type === 'task.claimed') return { taskId: event.taskId, token: event.token ?? seq };
    }
    await delay(200);
  }
  throw new Error('there was nothing to claim');
}

/** Does the next task, and hands in a file with that text. */
async function handIn(client: ClientConnection, text: string): Promise<Artifact> {
  const held = await claim(client);
  const artifact = await client.putArtifact({ path: 'plan.md', base64: base64(text) });
  await client.command({ type: 'task.complete', ...held, artifacts: [artifact] } as CommandInput);
  return artifact;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

async function textOf(client: ClientConnection, { hash }: Pick<Artifact, 'hash'>): Promise<string> {
  return Buffer.from((await client.query('artifact', { hash })).base64, 'base64').toString();
}

async function create(place: Place, company: string, title: string, after?: string): Promise<string> {
  const client = await connectOwner(place.dataDir, company);
  try {
    const { events } = await client.command({
      type: 'task.create',
      ...{ title, dependsOn: after === undefined ? [] : [after] },
    } as CommandInput);
    for (const { event } of events) if (event.type === 'task.created') return event.task.id;
    throw new Error('no task was created');
  } finally {
    client.close();
  }
}

const artifactKeys = async (id: string) =>
  (await redis.cli('--scan', '--pattern', `agentcoord:{${id}}:artifact:*`)).split('\n').filter(Boolean);

it('is read as the input of a step on another host, and kept there', { timeout: 120_000 }, async () => {
  const { id, one, two } = await sharedCompany('Acme');
  const plan = await create(one, 'Acme', 'Plan');
  await create(one, 'Acme', 'Build', plan);
  const [ada, bo] = [await work(one, 'Acme'), await work(two, 'Acme')];
  const artifact = await handIn(ada, '# Plan\u0000\u00ff\n');
  // The receipt says so: nothing has to be waited for.
  expect(await artifactKeys(id)).toEqual([`agentcoord:{${id}}:artifact:${artifact.hash}`]);

  await expect
    .poll(async () => (await two.json('tasks', '--state', 'ready')).tasks.map((t: Json) => t.title), soon)
    .toEqual(['Build']);
  const { taskId } = await claim(bo);
  const brief: TaskBrief = await bo.query('taskBrief', { taskId });
  expect(brief.inputs).toEqual([{ title: 'Plan', artifacts: [artifact] }]);
  expect(await textOf(bo, artifact)).toBe('# Plan\u0000\u00ff\n');
  const kept = join(two.dataDir, 'companies', id, 'artifacts', artifact.hash.slice(0, 2), artifact.hash);
  expect((await readFile(kept)).toString()).toBe('# Plan\u0000\u00ff\n');
  // From then on nobody is asked for it.
  await redis.cli('DEL', `agentcoord:{${id}}:artifact:${artifact.hash}`);
  expect(await textOf(bo, artifact)).toBe('# Plan\u0000\u00ff\n');
});

it('is what an approval on another host is about', { timeout: 120_000 }, async () => {
  const { one, two } = await sharedCompany('Borea');
  await one.json('approvals', 'request', '--title', 'Go live', '--context', 'May it?', '--role', 'em');
  const owner = await two.connect('Borea');
  const gates = () => owner.query('gates', {});
  await expect.poll(gates, soon).toHaveLength(1);
  const [gate] = await gates();
  expect(await textOf(owner, { hash: gate?.artifacts[0]?.hash ?? ('' as Artifact['hash']) })).toBe('May it?');
});

it('is shared when the host is back that was cut off', {
  timeout: 180_000,
}, async () => {
  const line = await cutLineTo(redis.port);
  onTestFinished(() => line.close());
  const reach = `redis://127.0.0.1:${line.port}`;
  const { id, one, two } = await sharedCompany('Ceres', reach);
  await create(one, 'Ceres', 'Seen');
  const unseen = await handIn(await work(one, 'Ceres'), 'unseen');
  await create(two, 'Ceres', 'First');
  const bo = await work(two, 'Ceres');
  await expect.poll(async () => (await two.json('tasks')).tasks, soon).toHaveLength(2);
  line.hang();
  await expect.poll(async () => (await two.run('status')).stderr, soon).toMatch(/cut off/);

  // What is on the others is said to be out of reach; what is handed in here stays here, on record.
  await expect(textOf(bo, unseen)).rejects.toMatchObject({
    code: 'LOG_UNAVAILABLE',
    message: expect.stringMatching(/can’t be fetched from Redis/),
  });
  const isHandedIn = () => handIn(bo, 'first').catch(String);
  await expect.poll(isHandedIn, { timeout: 20_000, interval: 500 }).toMatchObject({ hash: hashOf('first') });
  const unshared = join(two.dataDir, 'companies', id, 'unshared-artifacts');
  expect(await readdir(unshared)).toEqual([hashOf('first')]);
  expect(await artifactKeys(id)).toEqual([`agentcoord:{${id}}:artifact:${unseen.hash}`]);

  line.mend();
  const owner = await one.connect('Ceres');
  await expect.poll(async () => (await one.json('tasks', '--state', 'done')).tasks, soon).toHaveLength(2);
  expect(await textOf(owner, { hash: hashOf('first') as Artifact['hash'] })).toBe('first');
  await expect.poll(() => readdir(unshared), soon).toEqual([]);
  expect(await textOf(bo, unseen)).toBe('unseen');
});

it('is given back to a Redis that has lost it, and said to be missing until then', {
  timeout: 120_000,
}, async () => {
  const { id, one, two } = await sharedCompany('Dione');
  await create(one, 'Dione', 'Plan');
  const artifact = await handIn(await work(one, 'Dione'), 'plan');
  const key = `agentcoord:{${id}}:artifact:${artifact.hash}`;
  const owner = await two.connect('Dione');
  await expect.poll(async () => (await two.json('tasks', '--state', 'done')).tasks, soon).toHaveLength(1);

  await redis.cli('SET', key, 'somebody else wrote this');
  await expect(textOf(owner, artifact)).rejects.toMatchObject({ code: 'ARTIFACT_CHANGED' });
  const kept = join(two.dataDir, 'companies', id, 'artifacts');
  expect(await readdir(kept).catch(() => [])).toEqual([]);
  await redis.cli('DEL', key);
  await expect(textOf(owner, artifact)).rejects.toMatchObject({
    code: 'ARTIFACT_MISSING',
    message: expect.stringMatching(/handed in by .+ on .+ \(host_\w+\), which has not shared it yet/),
  });

  await redis.cli('FLUSHALL');
  await expect.poll(() => artifactKeys(id), { timeout: 60_000 }).toEqual([key]);
  expect(await textOf(owner, artifact)).toBe('plan');
});

it('moves with the company, there and back', { timeout: 120_000 }, async () => {
  const one = await newPlace();
  await one.json('init', '--template', 'startup', '--name', 'Flora');
  await one.serve(...noWorkers);
  await create(one, 'Flora', 'Before');
  const before = await handIn(await work(one, 'Flora'), 'before');
  await one.json('move', '--to', url);
  const two = await newPlace();
  await two.serve(...noWorkers, '--redis-url', url);
  await untilOpen(two, 'Flora');
  const owner = await two.connect('Flora');
  await expect.poll(() => textOf(owner, before).catch(String), { timeout: 15_000 }).toBe('before');

  await create(two, 'Flora', 'After');
  const after = await handIn(await work(two, 'Flora'), 'after');
  await expect.poll(async () => (await one.json('tasks', '--state', 'done')).tasks, soon).toHaveLength(2);
  await one.json('move', '--to', 'here');
  const alone = await one.connect('Flora');
  expect(await textOf(alone, after)).toBe('after');
});
