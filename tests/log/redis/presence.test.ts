/** Hosts say that they are there, hear of each other, and take nothing of a host that is not. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import type { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { group, readied } from '../log-events.ts';
import { cutLineTo } from './cut-line.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const never = new AbortController().signal;

async function open(companyId: CompanyId, port = server.port): Promise<{ log: RedisEventLog; id: HostId }> {
  const id = newName('host') as HostId;
  const log = await openRedisLog(`redis://127.0.0.1:${port}`, { companyId, host: id });
  onTestFinished(() => log.close());
  return { log, id };
}

const claimOf = (home: HostId, task: string, decidedAt: number) => ({
  ...group(decidedAt, readied(task)),
  homes: [home],
});

it('shows a host to the others from when it says so, and to nobody before', async () => {
  const companyId = newName('company') as CompanyId;
  const [one, two] = [await open(companyId), await open(companyId)];
  await delay(700);
  expect(one.log.presence.hosts()).toEqual([]);
  const before = performance.now();
  two.log.presence.show();
  await expect.poll(() => one.log.presence.isThere(two.id), { timeout: 5_000 }).toBe(true);
  expect(performance.now() - (two.log.presence.silentForAtLeast() ?? 0)).toBeGreaterThanOrEqual(before);
  const [seen] = one.log.presence.hosts();
  expect(seen).toMatchObject({
    id: two.id,
    isThere: true,
    info: { machine: 'mill', version: '1.2.3', stateVersion: 7 },
  });
  expect(Math.abs((seen?.seenAt ?? 0) - one.log.now())).toBeLessThan(2_000);
  expect(one.log.presence.isThere(one.id)).toBe(false);
});

it('shows what another program says of its host as nothing, if it can not be read', async () => {
  const companyId = newName('company') as CompanyId;
  const { log } = await open(companyId);
  const at = Date.now();
  await server.cli('HSET', `agentcoord:{${companyId}}:hosts`, 'seen:host_x', String(at), 'info:host_x', '{');
  await expect
    .poll(() => log.presence.hosts(), { timeout: 5_000 })
    .toMatchObject([{ id: 'host_x', seenAt: at, info: null }]);
});

it('takes a group that names a host only while that host is there', async () => {
  const companyId = newName('company') as CompanyId;
  const line = await cutLineTo(server.port);
  onTestFinished(() => line.close());
  const [one, two] = [await open(companyId), await open(companyId, line.port)];
  expect(await one.log.append([claimOf(two.id, 'a', 0), group(0, readied('b'))])).toEqual(['conflict', 1]);
  two.log.presence.show();
  await expect.poll(() => one.log.presence.isThere(two.id), { timeout: 5_000 }).toBe(true);
  expect(await one.log.append([claimOf(two.id, 'a', 1)])).toEqual([2]);

  line.hang();
  await two.log.outages.gone(never);
  const lastBeat = () => performance.now() - (two.log.presence.silentForAtLeast() ?? 0);
  const last = lastBeat();
  // By the time at which it may go on by itself nobody takes anything of it.
  await delay(2_600 - (performance.now() - last));
  expect(await one.log.append([claimOf(two.id, 'c', 2)])).toEqual(['conflict']);
  expect(one.log.presence.isThere(two.id)).toBe(false);
  expect(one.log.presence.hosts()).toMatchObject([{ id: two.id, isThere: false }]);

  line.mend();
  await two.log.outages.comeBack([], never);
  expect(lastBeat()).toBeCloseTo(last, 0);
  await delay(700);
  expect(await one.log.append([claimOf(two.id, 'c', 2)])).toEqual(['conflict']);
  two.log.presence.show();
  await expect.poll(() => one.log.presence.isThere(two.id), { timeout: 5_000 }).toBe(true);
  expect(await one.log.append([claimOf(two.id, 'c', 2)])).toEqual([3]);
});

it('refuses a sign of life that was on its way for too long', async () => {
  const companyId = newName('company') as CompanyId;
  const line = await cutLineTo(server.port);
  onTestFinished(() => line.close());
  const { log, id } = await open(companyId, line.port);
  log.presence.show();
  await expect.poll(() => log.presence.isThere(id), { timeout: 5_000 }).toBe(true);
  line.hang();
  await delay(100);
  const seenAt = () => server.cli('HGET', `agentcoord:{${companyId}}:hosts`, `seen:${id}`);
  const scripts = async () =>
    /cmdstat_evalsha:calls=(\d+)/.exec(await server.cli('INFO', 'commandstats'))?.[1];
  const [seen, ran] = [await seenAt(), Number(await scripts())];
  // The next one is sent meanwhile.
  await delay(400);
  await line.deliverLate();
  await expect.poll(async () => Number(await scripts()), { timeout: 5_000 }).toBeGreaterThan(ran);
  expect(await seenAt()).toBe(seen);
});
