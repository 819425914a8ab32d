/** The time of a company goes on, also when the clock of its Redis is set back or another server with a clock of its own takes over. */
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { companyKey } from '../../../src/log/redis/keys.ts';
import { group, readied } from '../log-events.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const hour = 3_600_000;

async function company() {
  const companyId = newName('company') as CompanyId;
  const meta = companyKey(companyId, 'meta');
  const open = async (id = newName('host') as HostId) => {
    const log = await openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId, host: id });
    onTestFinished(() => log.close());
    return { log, id };
  };
  const clock = async () => {
    const [seconds, micros] = (await server.cli('TIME')).split('\n').map(Number);
    return (seconds ?? 0) * 1_000 + Math.floor((micros ?? 0) / 1_000);
  };
  return {
    open,
    clock,
    ahead: async () => Number(await server.cli('HGET', meta, 'ahead')),
    /** The same to the company as a clock that is set back by that much. */
    setBack: async (by: number) => {
      await server.cli('HSET', meta, 'at', String((await clock()) + by), 'ahead', '0');
    },
    /** The same as a clock that leaps to where time is. */
    leap: async () => {
      await server.cli('HSET', meta, 'at', String(await clock()), 'ahead', String(hour));
    },
  };
}

it('goes on from where it was when the clock is set back, at its usual pace', async () => {
  const { open, clock, setBack, ahead } = await company();
  const { log } = await open();
  await log.append([group(0, readied('a'))]);
  expect(Math.abs(log.now() - (await clock()))).toBeLessThan(200);
  await setBack(hour);
  await log.append([group(1, readied('b'))]);
  const first = log.now();
  expect(first - (await clock())).toBeGreaterThan(hour - 200);
  expect(await ahead()).toBeGreaterThan(hour - 2_000);
  await expect.poll(() => log.now() - first, { timeout: 5_000 }).toBeGreaterThan(300);
  await log.append([group(2, readied('c'))]);
  expect(Math.abs(log.now() - hour - (await clock()))).toBeLessThan(500);
});

it('believes the clock again once it is where time is', async () => {
  const { open, clock, leap, ahead } = await company();
  const { log } = await open();
  await log.append([group(0, readied('a'))]);
  await leap();
  await log.append([group(1, readied('b'))]);
  expect(await ahead()).toBe(0);
  expect(Math.abs(log.now() - (await clock()))).toBeLessThan(500);
});

it('counts a host as gone after two seconds, though it was seen by a clock that is set back since', async () => {
  const { open, clock, setBack } = await company();
  const [one, two] = [await open(), await open()];
  for (const { log } of [one, two]) log.presence.show();
  await expect.poll(() => one.log.presence.isThere(two.id), { timeout: 5_000 }).toBe(true);
  await setBack(hour);
  const seenAt = () => one.log.presence.hosts().find((host) => host.id === two.id)?.seenAt ?? 0;
  const then = (await clock()) + hour;
  await expect.poll(seenAt, { timeout: 5_000 }).toBeGreaterThan(then);
  expect(one.log.presence.isThere(two.id)).toBe(true);
  await two.log.close();
  await expect.poll(() => one.log.presence.isThere(two.id), { timeout: 5_000 }).toBe(false);
  const claim = { ...group(0, readied('a')), homes: [two.id] };
  expect(await one.log.append([claim])).toEqual(['conflict']);
});

it('takes the time from a host when Redis comes back empty', async () => {
  const { open, clock, setBack } = await company();
  const { log } = await open();
  await setBack(hour);
  await log.append([group(0, readied('a'))]);
  await server.cli('FLUSHALL');
  const noticed = new AbortController();
  await Promise.race([
    log.outages.gone(noticed.signal),
    log.append([group(1, readied('b'))]).catch(() => undefined),
  ]);
  await log.outages.comeBack([], noticed.signal);
  await log.append([group(1, readied('c'))]);
  expect(log.now() - (await clock())).toBeGreaterThan(hour - 1_000);
});
