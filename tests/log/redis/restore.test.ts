/** Redis loses what it had, and is given it back: nobody appends before all who are connected have given what they have. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LogAway } from '../../../src/contract/log-away.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { toAppend } from '../../../src/log/redis/own-appends.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { restoreStream, StillRestoring } from '../../../src/log/redis/restore-stream.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, logged, readied, seq } from '../log-events.ts';
import { PatientLog } from './patient-log.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const never = new AbortController().signal;
const url = () => `redis://127.0.0.1:${server.port}`;

async function open(companyId: CompanyId, folder?: string) {
  const log = await openRedisLog(url(), { companyId, ...(folder !== undefined && { folder }) });
  onTestFinished(() => log.close());
  return log;
}

async function openStream(companyId: CompanyId): Promise<RedisStream> {
  const stream = await RedisStream.open({ address: parseRedisUrl(url()), companyId, commandTimeout: 500 });
  onTestFinished(() => stream.close());
  return stream;
}

/** Everything that the stream holds, as Redis has it, without the time at which it was written there. */
async function entriesIn(companyId: CompanyId): Promise<unknown[]> {
  const stream = await openStream(companyId);
  const all: unknown[] = [];
  for (let after = seq(0); ; ) {
    const page = await stream.reader.read(after);
    all.push(...page);
    const last = page.at(-1)?.last;
    if (last === undefined) return all;
    after = last;
  }
}

it('stands there afterwards as it was: every entry by its own name', async () => {
  const companyId = newName('company') as CompanyId;
  const one = await open(companyId);
  const many = Array.from({ length: 2_300 }, (_, n) => group(0, readied(`t${n % 40}`), logged(`${n}`)));
  await one.append([group(0, readied('t0')), group(5, readied('nobody has that')), group(0, logged('x'))]);
  await one.append(many.map((each, n) => ({ ...each, decidedAt: seq(n % 7 === 0 ? 0 : 2) })));
  await one.append([group(await one.head(), logged('last'))]);
  const before = await entriesIn(companyId);
  expect(before.length).toBeGreaterThan(4);
  const two = await open(companyId);
  expect(await two.lastLink()).toEqual(await one.lastLink());
  await one.close();
  await server.cli('FLUSHALL');
  await two.outages.gone(never);
  await two.outages.comeBack([], never);
  expect(await entriesIn(companyId)).toEqual(before);
});

it('is given back also what never was in a stream, and goes on from there', async () => {
  const companyId = newName('company') as CompanyId;
  const folder = await temporaryFolder();
  const alone = openSqliteEventLog(path.join(folder, 'copy.sqlite'));
  await alone.append(Array.from({ length: 2_600 }, (_, n) => group(0, logged(`${n}`))));
  const link = await alone.lastLink();
  await alone.close();
  const one = await open(companyId, folder);
  expect(await one.append([group(2_600, readied('a'))])).toEqual([2_601]);
  // It may notice or not: what it knows stands there again under the same name.
  const two = new PatientLog(await openRedisLog(url(), { companyId }));
  onTestFinished(() => two.close());
  await server.cli('FLUSHALL');
  await one.outages.gone(never);
  await one.outages.comeBack([], never);
  expect((await two.readRecords(seq(2_599), 1))[0]?.chain).toBe(link.chain);
  expect(await two.append([group(2_601, readied('b'))])).toEqual([2_602]);
});

it('lets nobody append in the middle of it, and goes on without whoever began it and died', async () => {
  const companyId = newName('company') as CompanyId;
  const one = await open(companyId);
  for (let n = 0; n < 3; n += 1) await one.append([group(n, logged(`${n}`))]);
  const kept = await temporaryFolder();
  const short = await open(companyId, kept);
  await short.close();
  await one.append([group(3, logged('only one has this'))]);
  const stream = await openStream(companyId);
  const entries = await stream.reader.read(seq(0));
  await one.close();
  await server.cli('FLUSHALL');
  // It had more to give, gave the first, and was seen no more.
  await stream.restore(entries.slice(0, 1), seq(0), seq(4), 0);
  const began = performance.now();
  const two = await open(companyId, kept);
  await two.outages.gone(never);
  await expect(two.append([group(1, logged('x'))])).rejects.toBeInstanceOf(LogAway);
  const sender = { name: 'host_x.1', epoch: 1, batch: 1, known: { last: seq(0), by: '' } };
  await expect(stream.append([toAppend(group(1, logged('x')))], sender)).rejects.toThrow(/^BEHIND/);
  await two.outages.comeBack([], never);
  expect(performance.now() - began).toBeGreaterThan(8_000);
  expect(await two.append([group(3, logged('on'))])).toEqual([4]);
});

it('waits for others that have more, and not when there can be none', async () => {
  const [waits, alone] = [newName('company') as CompanyId, newName('company') as CompanyId];
  for (const [companyId, gathering] of [
    [waits, 600],
    [alone, 0],
  ] as const) {
    const stream = await openStream(companyId);
    const copy = openSqliteEventLog(path.join(await temporaryFolder(), 'copy.sqlite'));
    onTestFinished(() => copy.close());
    await copy.append([group(0, logged('a'))]);
    const restored = restoreStream(stream, copy, gathering);
    if (gathering > 0) await expect(restored).rejects.toBeInstanceOf(StillRestoring);
    else await restored;
    await delay(gathering);
    await restoreStream(stream, copy, gathering);
  }
});

it('takes over what another host has beyond the own copy before it appends anything', async () => {
  const companyId = newName('company') as CompanyId;
  const kept = await temporaryFolder();
  const one = await open(companyId);
  await one.append([group(0, logged('a'))]);
  const behind = await open(companyId, kept);
  await behind.close();
  await one.append([group(1, logged('b'))]);
  await server.cli('FLUSHALL');
  // The one that has less is first.
  const opening = open(companyId, kept);
  await one.outages.gone(never);
  await one.outages.comeBack([], never);
  const two = await opening;
  await expect.poll(() => two.head()).toBe(2);
  expect(await two.lastLink()).toEqual(await one.lastLink());
  expect(await two.append([group(2, logged('c'))])).toEqual([3]);
});
