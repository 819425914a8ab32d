/** The log in Redis keeps the contract, and what is its own: several hosts, answers that are lost, scripts that are. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CompanyId } from '../../../src/core/ids.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import { eventLogContract } from '../event-log-contract.ts';
import { group, readied, seq } from '../log-events.ts';
import { PatientLog } from './patient-log.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

/** A company in Redis. @param newHost each time that it is opened, with a copy of its own; else the same one again */
async function newPlace({ newHost }: { readonly newHost: boolean }) {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-redis-copy-'));
  const companyId = newName('company') as CompanyId;
  return {
    companyId,
    open: async () => {
      const own = newHost ? await mkdtemp(path.join(folder, 'host-')) : folder;
      return openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId, folder: own });
    },
    persistent: true,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

eventLogContract('Redis', () => newPlace({ newHost: false }));

describe('the Redis log', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function twoHosts() {
    const place = await newPlace({ newHost: true });
    ends.push(() => place.remove());
    const [one, two] = [new PatientLog(await place.open()), new PatientLog(await place.open())];
    ends.push(
      () => one.close(),
      () => two.close(),
    );
    return { one, two, place };
  }

  it('gives every host the same events and the same chain', async () => {
    const { one, two } = await twoHosts();
    const writes = Array.from({ length: 200 }, (_, n) =>
      (n % 2 === 0 ? one : two).append([group(0, readied(`t${n}`))]),
    );
    const results = (await Promise.all(writes)).flat();
    expect(results.toSorted((a, b) => Number(a) - Number(b))).toEqual(results.map((_, n) => n + 1));
    await expect.poll(async () => [await one.head(), await two.head()]).toEqual([200, 200]);
    expect(await two.lastLink()).toEqual(await one.lastLink());
    expect(await two.read(seq(0))).toEqual(await one.read(seq(0)));
  });

  it('refuses what another host has changed meanwhile', async () => {
    const { one, two } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    expect(await two.append([group(0, readied('a')), group(0, readied('b'))])).toEqual(['conflict', 2]);
  });

  it('sends the script again to a server that has forgotten it', async () => {
    const { one } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    await server.cli('SCRIPT', 'FLUSH');
    expect(await one.append([group(1, readied('b'))])).toEqual([2]);
  });

  it('does what it was asked once, when Redis stands still for longer than it waits', async () => {
    const { one, two } = await twoHosts();
    await one.append([group(0, readied('first'))]);
    await server.signal('SIGSTOP');
    const asked = [1, 2, 3].map((n) => one.append([group(1, readied(`t${n}`))]));
    await delay(1_500);
    await server.signal('SIGCONT');
    // Each asks again by itself: in which order is nobody's promise.
    expect((await Promise.all(asked)).flat().sort()).toEqual([2, 3, 4]);
    await expect.poll(() => two.head()).toBe(4);
    await delay(100);
    expect(await one.head()).toBe(4);
    expect(await two.lastLink()).toEqual(await one.lastLink());
  });

  it('gives a new host the newest snapshot that its copy reaches to, of the version that it asks for', async () => {
    const { one, two, place } = await twoHosts();
    await one.append([1, 2, 3].map((n) => group(0, readied(`t${n}`))));
    await expect.poll(() => two.head()).toBe(3);
    const at = (n: number) => ({
      seq: seq(n),
      version: 7,
      state: { ...dumpState(emptyState()), seq: seq(n) },
    });
    await one.saveSnapshot(at(2));
    expect(await two.loadSnapshot(7)).toEqual(at(2));
    expect(await two.loadSnapshot(7, seq(1))).toBeNull();
    expect(await two.loadSnapshot(6)).toBeNull();
    await one.saveSnapshot(at(3));
    await two.saveSnapshot(at(1));
    expect(await two.loadSnapshot(7)).toEqual(at(1));
    const third = await place.open();
    ends.push(() => third.close());
    expect(await third.loadSnapshot(7)).toEqual(at(3));
    // It is of no use for an earlier moment.
    expect(await third.loadSnapshot(7, seq(2))).toBeNull();
    expect(await third.loadSnapshot(7, seq(3))).toEqual(at(3));
  });

  it('starts without a snapshot when Redis does not give it or it can not be read', async () => {
    const { one, two } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    await one.append([group(0, readied('b'))]);
    await expect.poll(() => two.head()).toBe(2);
    await one.saveSnapshot({ seq: seq(1), version: 8, state: dumpState(emptyState()) });
    const [key = ''] = (await server.cli('KEYS', '*:snapshot:8')).split('\n');
    await server.cli('HSET', key, 'chain', 'f'.repeat(64));
    expect(await two.loadSnapshot(8), 'of another history').toBeNull();
    await server.cli('DEL', key);
    await one.saveSnapshot({ seq: seq(1), version: 8, state: dumpState(emptyState()) });
    expect((await two.loadSnapshot(8))?.seq).toBe(1);
    await server.cli('HSET', key, 'state', '{"seq":1,');
    expect(await two.loadSnapshot(8)).toBeNull();
    await server.cli('SET', key, 'mine');
    expect(await two.loadSnapshot(8)).toBeNull();
    await expect(
      one.saveSnapshot({ seq: seq(2), version: 8, state: dumpState(emptyState()) }),
    ).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect((await one.loadSnapshot(8, seq(2)))?.seq).toBe(2);
  });

  it('gives Redis back what it has lost, from whichever host asks first', async () => {
    const { one, two } = await twoHosts();
    for (let n = 0; n < 30; n += 1)
      await one.append([group(n, readied(`t${n}`)), group(n, readied(`u${n}`))]);
    await expect.poll(() => two.head()).toBe(60);
    const link = await one.lastLink();
    await server.cli('FLUSHALL');
    expect(await two.append([group(60, readied('more'))])).toEqual([61]);
    await expect.poll(() => one.head()).toBe(61);
    expect(await one.lastLink()).toEqual(await two.lastLink());
    expect((await one.readRecords(seq(59), 1))[0]?.chain).toBe(link.chain);
    expect(await one.append([group(59, readied('t29'))])).toEqual([62]);
  });

  it('gives it back without being asked anything', async () => {
    const { one, place } = await twoHosts();
    await one.append([group(0, readied('a'), readied('b'))]);
    await server.cli('FLUSHALL');
    await expect.poll(() => server.cli('DBSIZE'), { timeout: 15_000 }).not.toBe('0');
    const third = await place.open();
    ends.push(() => third.close());
    expect(await third.lastLink()).toEqual(await one.lastLink());
  });

  it('appends nothing to a history that went on without what it has, and keeps its copy', async () => {
    const { one, two, place } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    await two.close();
    const link = await one.lastLink();
    await server.cli('FLUSHALL');
    const newcomer = await place.open();
    ends.push(() => newcomer.close());
    if ((await newcomer.head()) === 0) await newcomer.append([group(0, readied('other'))]);
    await expect(one.append([group(1, readied('b'))])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/another history than the copy on this host/),
    });
    expect(await one.lastLink()).toEqual(link);
  });

  it('takes nothing over from a history that went on without what it has', async () => {
    const { one, two, place } = await twoHosts();
    await two.close();
    await one.append([group(0, readied('a'))]);
    const keys = (await server.cli('KEYS', `*${place.companyId}*`)).split('\n');
    for (const key of keys) await server.cli('COPY', key, `kept:${key}`);
    await one.append([group(1, readied('lost'))]);
    const link = await one.lastLink();
    // A fail-over to a server that had not heard of it, where another host is first.
    const back = "redis.call('DEL', KEYS[1]) redis.call('RENAME', KEYS[2], KEYS[1])";
    for (const key of keys) await server.cli('EVAL', back, '2', key, `kept:${key}`);
    const other = await place.open();
    ends.push(() => other.close());
    if ((await other.head()) === 1) await other.append([group(1, readied('b2'))]);
    await other.append([group(await other.head(), readied('b3'))]);
    await delay(300);
    expect(await one.lastLink()).toEqual(link);
    await expect(one.append([group(2, readied('c'))])).rejects.toMatchObject({
      message: expect.stringMatching(/another history than the copy on this host/),
    });
  });

  it('refuses what was decided on events that nobody has', async () => {
    const { one } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    expect(await one.append([group(7, readied('b'))])).toEqual(['conflict']);
    expect(await one.append([group(1, readied('b'))])).toEqual([2]);
  });

  it('bears what is no entry of ours, and says so to whoever appends', async () => {
    const { one, place } = await twoHosts();
    await one.append([group(0, readied('a'))]);
    const [key = ''] = (await server.cli('KEYS', `*${place.companyId}*:events`)).split('\n');
    await server.cli('XADD', key, '9-0', 'at', '1', 'by', 'somebody', '0', 'no JSON');
    await delay(300);
    expect(await one.head()).toBe(1);
    await expect(one.append([group(1, readied('b'))])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/no AgentCoord wrote into the log/),
    });
    expect(await one.read(seq(0))).toHaveLength(1);
  });

  it('goes on when Redis was killed and started again', async () => {
    const { one, two } = await twoHosts();
    await one.append([group(0, readied('first'))]);
    await delay(1_100);
    await server.signal('SIGKILL');
    const asked = [1, 2, 3].map((n) => one.append([group(1, readied(`t${n}`))]));
    await delay(300);
    await server.restart();
    // Each asks again by itself: in which order is nobody's promise.
    expect((await Promise.all(asked)).flat().sort()).toEqual([2, 3, 4]);
    await expect.poll(() => two.head()).toBe(4);
    expect(await two.append([group(4, readied('more'))])).toEqual([5]);
  });
});
