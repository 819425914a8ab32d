/** A lock lives as long as the connection that took it, and whoever waits for it is told at once. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { OpenCompany } from '../../src/coordinator/open-company.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import type { DurationMs } from '../../src/core/units.ts';
import { lockFiles } from '../lock-files.ts';
import type { SessionHost } from './session-host.ts';
import { createSmall, openSessionHost } from './session-host.ts';

const scopes = async (session: Coordination) => (await session.query('locks', {})).map(({ scope }) => scope);

/** A connection of a member, and what breaks it. */
async function connected(host: SessionHost, company: OpenCompany, name: string, workerId?: WorkerId) {
  const [member] = await company.coordinator.read(({ index }) => [...index.membersByName.get(name)]);
  if (!member) throw new Error(`there is no ${name}`);
  const worker = workerId ? { workerId } : {};
  const token = host.sessions.issue({ companyId: company.id, memberId: member.id, ...worker });
  const line = new AbortController();
  const session = host.connect(line.signal);
  const hello = { version: rpcVersion, token, client: 'test' };
  const { sessionId } = await session.hello(hello);
  return { session, sessionId, memberId: member.id, line, hello };
}

/** Resolves once nobody holds the scope. */
const free = (session: Coordination, scope: string) =>
  session.query('lockFree', { scope, wait: 5_000 as DurationMs });

describe('a session', () => {
  it('has a public name, which its locks carry', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const { session, sessionId } = await connected(host, company, 'ada');
    const { lock } = await lockFiles(session, 'src/**');
    expect(lock.holder).toMatchObject({ sessionId, workerId: null });
    expect(
      (await session.hello({ version: rpcVersion, token: host.ownerToken, client: 'test' })).sessionId,
    ).not.toBe(sessionId);
  });

  it('names its worker in the locks, when a worker’s token opened it', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const workerId = 'worker_1' as WorkerId;
    const { session, memberId } = await connected(host, company, 'ada', workerId);
    const worker = { workerId, memberId, launcher: 'test', runner: 'script' };
    await company.coordinator.execute({ kind: 'host' }, { type: 'worker.start', ...worker });
    expect((await lockFiles(session, 'src')).lock.holder.workerId).toBe(workerId);
  });

  it('frees its locks when the connection is gone, and no others', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const owner = await host.owner();
    const [ada, bo] = [await connected(host, company, 'ada'), await connected(host, company, 'bo')];
    for (const scope of ['a', 'b', 'c']) await lockFiles(ada.session, scope);
    await lockFiles(bo.session, 'd');
    ada.line.abort();
    expect(await free(owner, '{a,b,c}')).toEqual({ free: true, heldBy: null });
    expect(await scopes(owner)).toEqual(['d']);
    const events = await owner.query('events', { after: 0 as never, limit: 1_000 });
    const freed = events.flatMap(({ event, actor }) =>
      event.type === 'lock.released' ? [[event.reason, actor]] : [],
    );
    expect(freed).toEqual(Array(3).fill(['session_ended', null]));
  });

  it('leaves nothing locked when the connection goes while the lock is being taken', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    for (let round = 0; round < 20; round += 1) {
      const { session, line } = await connected(host, company, 'ada');
      const taking = lockFiles(session, 'src');
      for (let turn = 0; turn < round; turn += 1) await Promise.resolve();
      line.abort();
      await taking.catch(() => undefined);
      expect(await company.coordinator.read(({ locks }) => locks.size)).toBe(0);
    }
  });

  it('ends with a second hello on the same connection', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const { session, hello } = await connected(host, company, 'ada');
    await lockFiles(session, 'src');
    await session.hello(hello);
    expect((await free(session, 'src')).free).toBe(true);
  });

  it('writes nothing at its end when it held nothing', async () => {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const head = () => company.coordinator.read(({ seq }) => seq);
    const before = await head();
    (await connected(host, company, 'ada')).line.abort();
    await delay(30);
    expect(await head()).toBe(before);
  });

  it('holds nothing after its host has started anew', async () => {
    const first = await openSessionHost();
    const company = await createSmall(first, 'Acme');
    const { session } = await connected(first, company, 'ada');
    await lockFiles(session, 'src');
    await first.companies.close();
    const second = await openSessionHost(first.folder);
    const owner = await second.owner();
    expect((await free(owner, 'src')).free).toBe(true);
    await lockFiles(owner, 'src');
  });
});

describe('whoever waits for a lock', () => {
  async function twoSessions() {
    const host = await openSessionHost();
    const company = await createSmall(host, 'Acme');
    const [ada, bo] = [await connected(host, company, 'ada'), await connected(host, company, 'bo')];
    const held = await lockFiles(ada.session, 'src/**', { ttl: 60_000 as DurationMs });
    return { host, company, ada, bo, held };
  }
  const wait = (session: Coordination, ms: number) =>
    session.query('lockFree', { scope: 'src/app.ts', wait: ms as DurationMs });

  it('is told as soon as it is released', async () => {
    const { ada, bo, held } = await twoSessions();
    const start = performance.now();
    const waiting = wait(bo.session, 60_000);
    await delay(20);
    await held.release();
    expect(await waiting).toEqual({ free: true, heldBy: null });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(await scopes(ada.session)).toEqual([]);
  });

  it('is told who has it when the time is over', async () => {
    const { bo, held } = await twoSessions();
    expect(await wait(bo.session, 30)).toEqual({ free: false, heldBy: held.lock });
  });

  it('is told when the holder’s time is over', async () => {
    const { host, company, bo } = await twoSessions();
    const waiting = wait(bo.session, 60_000);
    await delay(10);
    host.world.pass(60_000);
    await company.coordinator.execute({ kind: 'host' }, { type: 'tick' });
    expect((await waiting).free).toBe(true);
  });

  it('refuses a scope that is none', async () => {
    const { bo } = await twoSessions();
    for (const scope of ['../up', '/etc']) {
      await expect(bo.session.query('locks', { scope })).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
      await expect(bo.session.query('lockFree', { scope, wait: 0 as DurationMs })).rejects.toMatchObject({
        code: 'PATH_OUTSIDE',
      });
    }
  });

  it('sees the locks that are in the way, and none whose time is over', async () => {
    const { host, bo, held } = await twoSessions();
    await lockFiles(bo.session, 'docs');
    expect(await bo.session.query('locks', { scope: 'src/app.ts' })).toEqual([held.lock]);
    expect(await scopes(bo.session)).toEqual(['docs', 'src/**']);
    host.world.pass(60_000);
    expect(await scopes(bo.session)).toEqual(['docs']);
  });
});
