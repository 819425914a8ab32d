/** A host whose Redis does not answer says so at once, and finds out afterwards what became of what it had sent. */
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LogAway } from '../../../src/contract/log-away.ts';
import type { Fate } from '../../../src/contract/other-hosts.ts';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import type { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, logged, readied, seq } from '../log-events.ts';
import type { CutLine } from './cut-line.ts';
import { cutLineTo } from './cut-line.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { freePort, startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const never = new AbortController().signal;

/** A company, and hosts that reach its Redis each over a line of its own. */
function newCompany() {
  const companyId = newName('company') as CompanyId;
  const open = async (options: { folder?: string; host?: HostId; port?: number } = {}) => {
    const log = await openRedisLog(`redis://127.0.0.1:${options.port ?? server.port}`, {
      companyId,
      ...options,
    });
    onTestFinished(() => log.close());
    return log;
  };
  const openOnLine = async (
    options: { folder?: string } = {},
  ): Promise<{ log: RedisEventLog; line: CutLine }> => {
    const line = await cutLineTo(server.port);
    onTestFinished(() => line.close());
    return { line, log: await open({ ...options, port: line.port }) };
  };
  return { companyId, open, openOnLine };
}

/** What an append says that is refused, and after how many ms. */
async function awayOf(append: Promise<unknown>): Promise<{ batch: string | null; after: number }> {
  const began = performance.now();
  const error: unknown = await append.then(
    () => null,
    (refused: unknown) => refused,
  );
  if (!(error instanceof LogAway)) throw new Error(`it was not away: ${String(error)}`);
  return { batch: error.batch, after: performance.now() - began };
}

const fatesOf = (log: RedisEventLog, ...batches: (string | null)[]): Promise<ReadonlyMap<string, Fate>> =>
  log.outages.comeBack(
    batches.flatMap((batch) => batch ?? []),
    never,
  );

describe('a log whose Redis stands still', () => {
  it('says so within a second, names what may have been done, and sends nothing more', async () => {
    const { open } = newCompany();
    const log = await open();
    await log.append([group(0, readied('first'))]);
    await server.signal('SIGSTOP');
    onTestFinished(() => server.signal('SIGCONT'));
    const next = log.outages.nextBatch();
    const gone = log.outages.gone(never);
    const [one, two] = await Promise.all(
      ['a', 'b'].map((name) => awayOf(log.append([group(1, logged(name))]))),
    );
    await gone;
    expect(one?.batch).toBe(next);
    expect(two?.batch).toMatch(/:3$/);
    expect(Math.max(one?.after ?? 0, two?.after ?? 0)).toBeLessThan(1_000);
    const unsent = await awayOf(log.append([group(1, logged('c'))]));
    expect(unsent.batch).toBeNull();
    expect(unsent.after).toBeLessThan(50);
    expect(await log.head()).toBe(1);

    const coming = fatesOf(log, one?.batch ?? '', two?.batch ?? '');
    await delay(300);
    await server.signal('SIGCONT');
    const fates = await coming;
    // They lay before Redis all the while: it is for it whether they were done before they were refused.
    const events = await log.read(seq(1));
    expect([...fates.values()].flat()).toEqual(events.map((stored) => stored.seq));
    const head = await log.head();
    expect(await log.append([group(head, readied('after'))])).toEqual([head + 1]);
    await delay(700);
    expect(await log.head()).toBe(head + 1);
  });

  it('notices it also when nothing is asked of it', async () => {
    const log = await newCompany().open();
    await server.signal('SIGSTOP');
    onTestFinished(() => server.signal('SIGCONT'));
    const began = performance.now();
    await log.outages.gone(AbortSignal.timeout(5_000));
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('is closed promptly, and gives up what it was doing', async () => {
    const { open } = newCompany();
    const log = await open();
    await log.append([group(0, readied('first'))]);
    await server.signal('SIGSTOP');
    onTestFinished(() => server.signal('SIGCONT'));
    const asked = awayOf(log.append([group(1, readied('a'))]));
    asked.catch(() => undefined);
    const saved = log.saveSnapshot({ seq: seq(1), version: 7, state: dumpState(emptyState()) });
    await log.outages.gone(never);
    const coming = log.outages.comeBack([], never);
    coming.catch(() => undefined);
    // The copy has it: there is nothing to be told of.
    await saved;
    expect((await log.loadSnapshot(7))?.seq).toBe(1);
    const began = performance.now();
    await log.close();
    expect(performance.now() - began).toBeLessThan(1_000);
    await expect(coming).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    expect((await asked).batch).not.toBeNull();
  });

  it('lets who waits for it go', async () => {
    const log = await newCompany().open();
    const end = new AbortController();
    const gone = log.outages.gone(end.signal);
    end.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
  });
});

describe('what was sent before the line was cut', () => {
  it('is known to have been done, though it touches nothing and its answer was lost', async () => {
    const { openOnLine, open } = newCompany();
    const { log, line } = await openOnLine();
    const other = await open();
    line.holdAnswers();
    const away = await awayOf(
      log.append([group(0, logged('once')), group(0, logged('twice'), logged('thrice'))]),
    );
    await expect.poll(() => other.head()).toBe(3);
    expect(await log.head()).toBe(0);
    line.mend();
    expect(await fatesOf(log, away.batch)).toEqual(new Map([[away.batch, [1, 3]]]));
    expect(await log.lastLink()).toEqual(await other.lastLink());
  });

  it('is found although Redis lost it and another host put it back', async () => {
    const { openOnLine, open } = newCompany();
    const { log, line } = await openOnLine();
    const other = await open();
    line.holdAnswers();
    const away = await awayOf(
      log.append([group(0, logged('once')), group(9, logged('refused')), group(0, logged('x'))]),
    );
    await expect.poll(() => other.head()).toBe(2);
    await server.cli('FLUSHALL');
    await other.outages.gone(never);
    await fatesOf(other);
    line.mend();
    expect(await fatesOf(log, away.batch)).toEqual(new Map([[away.batch, [1, 'conflict', 2]]]));
    expect(await log.lastLink()).toEqual(await other.lastLink());
  });

  it('never gets in later once it was found not to be there', async () => {
    const { openOnLine, open } = newCompany();
    const { log, line } = await openOnLine();
    const other = await open();
    line.hang();
    const appended = awayOf(log.append([group(0, logged('late'))]));
    await delay(50);
    const late = line.deliverLate();
    const away = await appended;
    line.mend();
    expect(await fatesOf(log, away.batch)).toEqual(new Map());
    await late;
    await delay(300);
    expect(await log.append([group(0, logged('after'))])).toEqual([1]);
    await expect.poll(() => other.read(seq(0))).toHaveLength(1);
  });

  it('is found after the host has started again, and stays out if it is not', async () => {
    const { companyId, open } = newCompany();
    const line = await cutLineTo(server.port);
    onTestFinished(() => line.close());
    const [folder, host] = [await temporaryFolder(), newName('host') as HostId];
    const first = await openRedisLog(`redis://127.0.0.1:${line.port}`, { companyId, folder, host });
    const one = await first.append([group(0, logged('before'))]);
    expect(one).toEqual([1]);
    line.holdAnswers();
    const done = await awayOf(first.append([group(1, logged('done'))]));
    await first.close();
    const second = await open({ folder, host });
    const name = done.batch ?? '';
    const lost = name.replace(/:\d+$/, ':3');
    expect(await fatesOf(second, name, lost)).toEqual(new Map([[name, [2]]]));
    expect(await second.append([group(2, readied('x'))])).toEqual([3]);
    // Whatever the earlier start sent is refused from now on.
    const [meta = ''] = (await server.cli('KEYS', `*${companyId}*:meta`)).split('\n');
    const epoch = await server.cli('HGET', meta, `epoch:${name.replace(/:\d+$/, '')}`);
    expect(Number(epoch)).toBeGreaterThan(1_000_000);
  });
});

describe('a log that is opened while Redis is away', () => {
  it.each([
    ['stands still', 'SIGSTOP'],
    ['is not there', 'SIGKILL'],
  ] as const)(
    'opens at once on what its copy holds when it %s, and comes back later',
    async (_how, signal) => {
      const own = await startRedisServer();
      onTestFinished(() => own.stop());
      const companyId = newName('company') as CompanyId;
      const [folder, url] = [await temporaryFolder(), `redis://127.0.0.1:${own.port}`];
      const before = await openRedisLog(url, { companyId, folder });
      await before.append([group(0, readied('a'))]);
      await before.close();
      await own.signal(signal);
      const began = performance.now();
      const log = await openRedisLog(url, { companyId, folder });
      onTestFinished(() => log.close());
      expect(performance.now() - began).toBeLessThan(1_000);
      await log.outages.gone(never);
      expect(await log.read(seq(0))).toHaveLength(1);
      expect(Math.abs(log.now() - Date.now())).toBeLessThan(5_000);
      expect((await awayOf(log.append([group(1, readied('b'))]))).batch).toBeNull();
      await (signal === 'SIGSTOP' ? own.signal('SIGCONT') : own.restart());
      await fatesOf(log);
      expect(await log.append([group(1, readied('b'))])).toEqual([2]);
    },
  );

  it('is refused without anything in its copy', async () => {
    const companyId = newName('company') as CompanyId;
    await expect(openRedisLog(`redis://127.0.0.1:${await freePort()}`, { companyId })).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/nothing listens there/),
    });
  });

  it.each([
    ['a server', (port: number) => `redis://127.0.0.1:${port}`],
    ['a sentinel', (port: number) => `redis+sentinel://127.0.0.1:${port}/acme`],
    ['a cluster', (port: number) => `redis+cluster://127.0.0.1:${port}`],
  ])(
    'does not wait for ever for %s that takes lines and says nothing',
    { timeout: 20_000 },
    async (_what, url) => {
      const mute = createServer(() => undefined).listen(0, '127.0.0.1');
      onTestFinished(() => {
        mute.close();
      });
      await delay(50);
      const address = mute.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const companyId = newName('company') as CompanyId;
      await expect(openRedisLog(url(port), { companyId })).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    },
  );
});
