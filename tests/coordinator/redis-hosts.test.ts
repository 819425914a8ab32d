/** Several hosts of one company, joined by a real Redis: one holder of each task, and the same state everywhere. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CompanyId, HostId, TaskId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { PatientLog } from '../log/redis/patient-log.ts';
import { newName, openRedisLog } from '../log/redis/redis-place.ts';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, createTasks, dump, host, openCompany, startWorker } from './kit.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

async function newHost(companyId: CompanyId): Promise<OpenedCompany> {
  const log = new PatientLog(await openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId }));
  return openCompany({ log, host: newName('host') as HostId });
}

/** Adds engineers. @returns their names */
async function hire({ coordinator, as }: OpenedCompany, count: number): Promise<string[]> {
  const team = await coordinator.read(({ teams }) => teams.dump().find(({ name }) => name === 'core'));
  const names = Array.from({ length: count }, (_, n) => `engineer ${n + 1}`);
  for (const name of names) {
    await as('owner', { type: 'member.add', teamId: team?.id ?? '', member: { name, role: 'engineer' } });
  }
  return names;
}

/** Works until nothing was left for a while. @returns what it did */
async function work(company: OpenedCompany, name: string): Promise<TaskId[]> {
  const workerId = await startWorker(company, name);
  const done: TaskId[] = [];
  for (let idle = 0; idle < 20; ) {
    const claimed = await claim(company, name, workerId);
    if (!claimed) {
      idle += 1;
      await delay(10);
      continue;
    }
    idle = 0;
    done.push(claimed.taskId);
    await complete(company, name, claimed);
  }
  return done;
}

async function expectSame(hosts: readonly OpenedCompany[]): Promise<void> {
  const texts = async () =>
    new Set(await Promise.all(hosts.map(async (one) => JSON.stringify(await dump(one.coordinator)))));
  await expect.poll(async () => (await texts()).size).toBe(1);
}

it('do each task once, while the server stands still now and then', async () => {
  const companyId = newName('company') as CompanyId;
  const one = await newHost(companyId);
  const two = await newHost(companyId);
  await createTasks(one, 200);
  const pausing = (async () => {
    for (let n = 0; n < 2; n += 1) {
      await delay(150);
      await server.signal('SIGSTOP');
      await delay(700);
      await server.signal('SIGCONT');
    }
  })();
  const done = (await Promise.all([work(one, 'ada'), work(two, 'bo')])).flat();
  await pausing;
  expect(done).toHaveLength(200);
  expect(new Set(done).size).toBe(200);
  await expectSame([one, two]);
});

it.each([
  ['created on all four, by one worker each', { on: 4, workers: 1 }],
  ['created on all four, by eight workers each', { on: 4, workers: 8 }],
  ['created on one of them, by eight workers each', { on: 1, workers: 8 }],
])('four do 400 tasks %s: each once, and no claim is refused', async (_how, { on, workers }) => {
  const companyId = newName('company') as CompanyId;
  const first = await newHost(companyId);
  const agents = await hire(first, 4 * workers);
  const hosts = [first, await newHost(companyId), await newHost(companyId), await newHost(companyId)];
  await Promise.all(hosts.slice(0, on).map((host) => createTasks(host, 400 / on)));
  await expect.poll(async () => (await dump(first.coordinator)).tasks).toHaveLength(400);
  await expectSame(hosts);
  const done = await Promise.all(agents.map((name, n) => work(hosts[n % 4] ?? first, name)));
  expect(new Set(done.flat()).size).toBe(400);
  expect(done.flat()).toHaveLength(400);
  await expectSame(hosts);
});

it('go by one clock, whatever their own ones say', async () => {
  const companyId = newName('company') as CompanyId;
  const [one, two] = [await newHost(companyId), await newHost(companyId)];
  two.world.time = (two.world.time + 3_600_000) as EpochMs;
  await createTasks(one, 1);
  const claimed = await claim(one, 'ada', await startWorker(one, 'ada'));
  if (!claimed) throw new Error('nothing was claimed');
  await expect
    .poll(() => two.coordinator.read(({ tasks }) => tasks.get(claimed.taskId)?.state))
    .toBe('leased');
  await two.coordinator.execute(host, { type: 'tick' });
  expect(await two.coordinator.read(({ tasks }) => tasks.get(claimed.taskId)?.state)).toBe('leased');
  expect(Math.abs(two.coordinator.now() - one.coordinator.now())).toBeLessThan(50);
});
