/** What has left a stream is in its archive: for whoever is new, was away, or gets it back, and nobody is misled by it. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { verifyLog } from '../../../src/coordinator/verify-log.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, logged, readied, seq } from '../log-events.ts';
import { grow, growAndTrim } from './grow-log.ts';
import type { HostOptions } from './redis-place.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  redis = new Redis({ port: server.port });
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const never = new AbortController().signal;
const url = () => `redis://127.0.0.1:${server.port}`;

async function open(companyId: CompanyId, more: Partial<HostOptions> = {}) {
  const log = await openRedisLog(url(), { companyId, keepEvents: 1, ...more });
  onTestFinished(() => log.close());
  return log;
}

const newCompany = () => newName('company') as CompanyId;
const keyOf = (companyId: CompanyId, name: string) => `agentcoord:{${companyId}}:${name}`;
const archivedUpTo = async (companyId: CompanyId) =>
  Number(await redis.hget(keyOf(companyId, 'meta'), 'archived'));

async function firstInStream(companyId: CompanyId): Promise<number> {
  const [entry] = await redis.xrange(keyOf(companyId, 'events'), '-', '+', 'COUNT', 1);
  return Number.parseInt(entry?.[0] ?? '0', 10);
}

/** A company of which most is archived. */
async function trimmed() {
  const companyId = newCompany();
  const one = await open(companyId);
  await one.append([group(0, readied('a'))]);
  await growAndTrim(one);
  const archived = await archivedUpTo(companyId);
  expect(archived).toBeGreaterThanOrEqual(2_000);
  expect(await firstInStream(companyId)).toBeGreaterThan(archived);
  return { companyId, one, archived };
}

describe('what has left the stream', () => {
  it('is read by a host that is new, as it was: every event, link and batch', async () => {
    const { companyId, one } = await trimmed();
    const two = await open(companyId);
    expect(await two.lastLink()).toEqual(await one.lastLink());
    expect(await two.read(seq(0), 10_000)).toEqual(await one.read(seq(0), 10_000));
    expect(await verifyLog(two, { anchor: null })).toMatchObject({ ok: true, events: 2_201, fault: null });
    expect(await two.append([group(2_201, readied('b'))])).toEqual([2_202]);
    await expect.poll(() => one.head()).toBe(2_202);
  });

  it('is read by a host that was away for longer, which goes on from what it has', async () => {
    const companyId = newCompany();
    const folder = await temporaryFolder();
    const one = await open(companyId);
    const away = await open(companyId, { folder });
    await one.append([group(0, readied('a'))]);
    await expect.poll(() => away.head()).toBe(1);
    await away.close();
    await growAndTrim(one);
    await growAndTrim(one);
    expect(await redis.hlen(keyOf(companyId, 'archive'))).toBeGreaterThanOrEqual(2);
    const back = await open(companyId, { folder });
    expect(await back.lastLink()).toEqual(await one.lastLink());
    expect(await back.append([group(await back.head(), readied('a'))])).toEqual([4_402]);
  });

  it('is given back by the hosts when Redis has lost it all, and archived anew', async () => {
    const { companyId, one } = await trimmed();
    await server.cli('FLUSHALL');
    await one.outages.gone(never);
    await one.outages.comeBack([], never);
    one.presence.show();
    expect(await firstInStream(companyId)).toBe(1);
    await growAndTrim(one);
    expect(await archivedUpTo(companyId)).toBeGreaterThan(2_201);
    const two = await open(companyId);
    expect(await two.lastLink()).toEqual(await one.lastLink());
  });

  it('is behind a snapshot of every version that a host has', async () => {
    const companyId = newCompany();
    const one = await open(companyId);
    const older = await open(companyId, { stateVersion: 6 });
    older.presence.show();
    one.presence.show();
    await expect.poll(() => one.presence.hosts().length, { timeout: 5_000 }).toBe(2);
    await growAndTrim(one);
    expect(await archivedUpTo(companyId)).toBe(0);
    expect(await firstInStream(companyId)).toBeGreaterThan(0);
    await expect.poll(() => older.head()).toBe(2_200);
    await older.saveSnapshot({ seq: seq(2_200), version: 6, state: dumpState(emptyState()) });
    expect(await archivedUpTo(companyId)).toBeGreaterThanOrEqual(2_000);
  });

  it('leaves as many events in the stream as the host was told', async () => {
    const companyId = newCompany();
    const one = await open(companyId, { keepEvents: 1_000 });
    await growAndTrim(one);
    expect(await archivedUpTo(companyId)).toBe(0);
    await growAndTrim(one);
    const head = await one.head();
    expect(head - (await archivedUpTo(companyId))).toBeGreaterThanOrEqual(1_000);
    expect(await archivedUpTo(companyId)).toBeGreaterThanOrEqual(2_000);
  });

  it('takes a fraction of the memory', async () => {
    const companyId = newCompany();
    const one = await open(companyId);
    await grow(one);
    const before = Number(await redis.memory('USAGE', keyOf(companyId, 'events'), 'SAMPLES', 0));
    await growAndTrim(one);
    expect(Number(await redis.memory('USAGE', keyOf(companyId, 'archive'), 'SAMPLES', 0))).toBeLessThan(
      before / 3,
    );
  });
});

describe('an archive that is not what was put there', () => {
  it.each([
    ['something else', () => Buffer.from('something else')],
    ['another event under the same link', (piece: Buffer) => forged(piece, (chain) => chain)],
    ['another event under another link', (piece: Buffer) => forged(piece, () => 'f'.repeat(64))],
  ])('is refused: %s', async (_what, change) => {
    const { companyId } = await trimmed();
    const piece = (await redis.hgetBuffer(keyOf(companyId, 'archive'), '0')) ?? Buffer.alloc(0);
    await redis.hset(keyOf(companyId, 'archive'), '0', change(piece));
    await expect(open(companyId)).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringMatching(/Put a backup of Redis in its place/),
    });
  });

  it('is missed when it is gone, and nothing is taken over that does not follow', async () => {
    const { companyId } = await trimmed();
    await redis.del(keyOf(companyId, 'archive'));
    await expect(open(companyId)).rejects.toMatchObject({ code: 'DATABASE_DAMAGED' });
  });

  it('gets nothing of a stream that does not hold what the host has copied', async () => {
    const companyId = newCompany();
    const one = await open(companyId);
    await one.append([group(0, logged('as it was'))]);
    const key = keyOf(companyId, 'events');
    const [entry] = await redis.xrange(key, '-', '+', 'COUNT', 1);
    const fields = (entry?.[1] ?? []).map((text) => text.replace('as it was', 'as it was not'));
    await grow(one);
    // A stream can't be written in its past: it is written anew.
    const all = await redis.xrange(key, '-', '+');
    await redis
      .multi(all.map(([id, own], n) => ['xadd', `${key}:new`, id, ...(n === 0 ? fields : own)]))
      .exec();
    await redis.rename(`${key}:new`, key);
    one.presence.show();
    await expect.poll(() => one.presence.hosts().length, { timeout: 5_000 }).toBeGreaterThan(0);
    const snapshot = { seq: await one.head(), version: 7, state: dumpState(emptyState()) };
    await expect(one.saveSnapshot(snapshot)).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringMatching(/event 1 there is not the one on this host/),
    });
    expect(await archivedUpTo(companyId)).toBe(0);
  });
});

it('takes nothing out of the stream without the right to, and says so', async () => {
  const companyId = newCompany();
  const user = newName('user');
  await server.cli('ACL', 'SETUSER', user, 'on', '>x', '~*', '+@all', '-xtrim');
  const one = await openRedisLog(`redis://${user}:x@127.0.0.1:${server.port}`, { companyId, keepEvents: 1 });
  onTestFinished(() => one.close());
  await expect(growAndTrim(one)).rejects.toMatchObject({ message: expect.stringMatching(/SECURITY\.md/) });
  expect(await redis.exists(keyOf(companyId, 'archive'))).toBe(0);
  expect(await archivedUpTo(companyId)).toBe(0);
  expect(await one.append([group(2_200, readied('a'))])).toEqual([2_201]);
});

function forged(piece: Buffer, chainOf: (chain: string) => string): Buffer {
  const text = gunzipSync(piece).toString();
  const other = text.replace('event 7\\"', 'event 8\\"');
  expect(other).not.toBe(text);
  const { chain, entries } = JSON.parse(other);
  return gzipSync(JSON.stringify({ chain: chainOf(chain), entries }));
}
