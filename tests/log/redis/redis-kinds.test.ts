/** Every kind of Redis that a company may be kept in, each a real one: with a password, with TLS, a cluster, sentinels. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect, promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { LogAway } from '../../../src/contract/log-away.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisArtifacts } from '../../../src/log/redis/redis-artifacts.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { group, readied, seq } from '../log-events.ts';
import { documentedRights } from './documented-rights.ts';
import { growAndTrim } from './grow-log.ts';
import { PatientLog } from './patient-log.ts';
import { openRedisLog } from './redis-place.ts';
import type { ServerOptions } from './redis-servers.ts';
import { freePort, startRedisServer } from './redis-servers.ts';

const run = promisify(execFile);
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: ServerOptions = {}) {
  const server = await startRedisServer(options);
  ends.push(() => server.stop());
  return server;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-redis-kind-'));
  ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Opens the log of one company at that URL, as one more host. */
async function openLog(url: string, more: { ca?: string } = {}): Promise<PatientLog> {
  return new PatientLog(await openBare(url, more));
}

async function openBare(url: string, more: { ca?: string; keepEvents?: number } = {}) {
  const companyId = 'company_kinds' as CompanyId;
  const log = await openRedisLog(url, { companyId, folder: await newFolder(), ...more });
  ends.push(() => log.close());
  return log;
}

/** One that is new reads also what has left the stream. */
async function archivedBetween(url: string): Promise<void> {
  const one = await openBare(url, { keepEvents: 1 });
  await growAndTrim(one);
  expect(await archivedUpTo(url)).toBeGreaterThan(0);
  const two = await openBare(url);
  expect(await two.lastLink()).toEqual(await one.lastLink());
}

async function archivedUpTo(url: string): Promise<number> {
  const companyId = 'company_kinds' as CompanyId;
  const stream = await RedisStream.open({ address: parseRedisUrl(url), companyId, commandTimeout: 500 });
  try {
    return await stream.reader.archived();
  } finally {
    stream.close();
  }
}

/** What a refusal says, and everything that inspecting it shows. */
async function refusal(url: string): Promise<{ code: unknown; message: string; all: string }> {
  const error: unknown = await openLog(url).then(
    () => null,
    (refused: unknown) => refused,
  );
  if (!(error instanceof Error)) throw new Error('it was opened');
  return {
    code: 'code' in error ? error.code : null,
    message: error.message,
    all: inspect(error, { depth: 10, showHidden: true }),
  };
}

/** Two hosts write and see each other's events. */
async function sharedBetween(one: PatientLog, two: PatientLog): Promise<void> {
  expect(await one.append([group(0, readied('a')), group(0, readied('b'))])).toEqual([1, 2]);
  await expect.poll(() => two.head(), { timeout: 5_000 }).toBe(2);
  expect(await two.append([group(2, readied('a'))])).toEqual([3]);
  await expect.poll(() => one.head(), { timeout: 5_000 }).toBe(3);
  expect(await one.lastLink()).toEqual(await two.lastLink());
}

describe('a Redis with users', () => {
  const secret = 'p@ss/wörd:%';
  const inUrl = encodeURIComponent(secret);

  async function withUser() {
    return start({
      args: ['--user', 'default', 'off', '--user', 'coord', 'on', `>${secret}`, ...documentedRights],
      cliArgs: ['--user', 'coord', '--pass', secret, '--no-auth-warning'],
    });
  }

  it('needs no more rights than are documented', async () => {
    const { port } = await withUser();
    const url = `redis://coord:${inUrl}@127.0.0.1:${port}`;
    const [one, two] = [await openLog(url), await openLog(url)];
    await sharedBetween(one, two);
    const snapshot = { seq: seq(3), version: 1, state: dumpState(emptyState()) };
    await one.saveSnapshot(snapshot);
    expect(await two.loadSnapshot(1)).toEqual(snapshot);
    const artifacts = new RedisArtifacts({
      address: parseRedisUrl(url),
      companyId: 'company_kinds' as CompanyId,
    });
    ends.push(async () => artifacts.close());
    const hash = sha256('plan');
    expect(await artifacts.lacks([hash])).toEqual([hash]);
    await artifacts.offer(hash, Buffer.from('plan'));
    expect(String(await artifacts.fetch(hash))).toBe('plan');
    await archivedBetween(url);
  });

  it.each([
    [
      'a wrong password',
      (port: number) => `redis://coord:${inUrl}x@127.0.0.1:${port}`,
      /the password is wrong/,
    ],
    [
      'a user it does not know',
      (port: number) => `redis://nobody:${inUrl}@127.0.0.1:${port}`,
      /no such user/,
    ],
    ['no password', (port: number) => `redis://127.0.0.1:${port}`, /asks for a password/],
  ])('refuses %s in words, without repeating it', async (_what, url, words) => {
    const { port } = await withUser();
    const refused = await refusal(url(port));
    expect(refused).toMatchObject({ code: 'LOG_UNAVAILABLE', message: expect.stringMatching(words) });
    expect(refused.message).toContain(`redis://127.0.0.1:${port}`);
    for (const part of [secret, inUrl]) expect(refused.all).not.toContain(part);
  });

  it('needs one more for another database, and never takes the first one instead', async () => {
    const { port } = await withUser();
    const url = `redis://coord:${inUrl}@127.0.0.1:${port}/3`;
    expect((await refusal(url)).message).toMatch(/may not do what the log needs/);
    const more = await start({ args: ['--user', 'coord', 'on', '>x', ...documentedRights, '+select'] });
    await openLog(`redis://coord:x@127.0.0.1:${more.port}/3`);
  });

  it('says which rights are missing', async () => {
    const { port } = await start({
      args: [
        '--user',
        'default',
        'off',
        '--user',
        'poor',
        'on',
        '>x',
        '~*',
        '+ping',
        '+info',
        '+hello',
        '+client',
      ],
      cliArgs: ['--user', 'poor', '--pass', 'x', '--no-auth-warning'],
    });
    expect((await refusal(`redis://poor:x@127.0.0.1:${port}`)).message).toMatch(
      /may not do what the log needs.*SECURITY\.md/,
    );
  });
});

describe('a Redis with TLS', () => {
  async function certified() {
    const folder = await newFolder();
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert],
    ]);
    const port = await freePort();
    await start({
      port,
      args: [
        ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
        ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert],
      ],
      cliArgs: ['--tls', '--cacert', cert],
    });
    return { port, ca: await readFile(cert, 'utf8') };
  }

  it('is used when its certificate is trusted', async () => {
    const { port, ca } = await certified();
    const url = `rediss://127.0.0.1:${port}`;
    await sharedBetween(await openLog(url, { ca }), await openLog(url, { ca }));
  });

  it('is refused when it is not, and when the line is not encrypted', async () => {
    const { port } = await certified();
    expect((await refusal(`rediss://127.0.0.1:${port}`)).message).toMatch(/could not be encrypted/);
    expect((await refusal(`redis://127.0.0.1:${port}`)).message).toMatch(/rediss:\/\/ or redis:\/\//);
  });
});

describe('a cluster of three', () => {
  it('keeps a company in one slot, and says within a second when it does not answer', async () => {
    const nodes = await Promise.all(
      [1, 2, 3].map(async () => start({ port: await lowPort(), args: ['--cluster-enabled', 'yes'] })),
    );
    const places = nodes.map(({ port }) => `127.0.0.1:${port}`);
    await nodes[0]?.cli('--cluster', 'create', ...places, '--cluster-yes');
    await expect
      .poll(async () => Promise.all(nodes.map((node) => node.cli('CLUSTER', 'INFO'))), { timeout: 20_000 })
      .toSatisfy((all: string[]) => all.every((info) => info.includes('cluster_state:ok')));
    const url = `redis+cluster://${places.join(',')}`;
    await sharedBetween(await openLog(url), await openLog(`redis+cluster://${places[2]}`));
    await archivedBetween(url);

    const companyId = 'company_away' as CompanyId;
    const log = await openRedisLog(url, { companyId, folder: await newFolder() });
    ends.push(() => log.close());
    await log.append([group(0, readied('a'))]);
    for (const node of nodes) await node.signal('SIGSTOP');
    const began = performance.now();
    await expect(log.append([group(1, readied('b'))])).rejects.toBeInstanceOf(LogAway);
    expect(performance.now() - began).toBeLessThan(1_000);
    const coming = log.outages.comeBack([], new AbortController().signal);
    await pause(300);
    for (const node of nodes) await node.signal('SIGCONT');
    await coming;
    const head = await log.head();
    expect(await log.append([group(head, readied('c'))])).toEqual([head + 1]);

    // Also while it looks for another node to ask.
    for (const node of nodes) await node.signal('SIGKILL');
    await log.outages.gone(AbortSignal.timeout(5_000));
    const closing = performance.now();
    await log.close();
    expect(performance.now() - closing).toBeLessThan(1_000);
  });

  /** A node listens also on the port 10,000 above its own. */
  async function lowPort(): Promise<number> {
    for (;;) {
      const port = await freePort();
      if (port < 55_000) return port;
    }
  }
});

describe('a master with a replica and a sentinel', () => {
  it('is followed to the new master when the old one dies, and given what that had not heard of', async () => {
    const master = await start();
    const replica = await start({ args: ['--replicaof', '127.0.0.1', String(master.port)] });
    const folder = await newFolder();
    const config = path.join(folder, 'sentinel.conf');
    await writeFile(
      config,
      `sentinel monitor acme 127.0.0.1 ${master.port} 1
sentinel down-after-milliseconds acme 500
sentinel failover-timeout acme 5000
`,
    );
    const sentinel = await start({ sentinelConfig: config });
    await expect
      .poll(() => replica.cli('INFO', 'replication'), { timeout: 10_000 })
      .toContain('master_link_status:up');
    await expect
      .poll(() => sentinel.cli('SENTINEL', 'replicas', 'acme'), { timeout: 20_000 })
      .toContain(String(replica.port));
    const url = `redis+sentinel://127.0.0.1:${sentinel.port}/acme`;
    const [one, two] = [await openLog(url), await openLog(url)];
    await sharedBetween(one, two);
    expect((await refusal(`redis://127.0.0.1:${replica.port}`)).message).toMatch(/is a replica/);

    await expect.poll(() => replica.cli('XLEN', 'agentcoord:{company_kinds}:events')).toBe('2');
    // It can't follow any more: the master takes no password.
    await replica.cli('CONFIG', 'SET', 'masterauth', 'nobody’s');
    await master.cli('CLIENT', 'KILL', 'TYPE', 'replica');
    expect(await one.append([group(3, readied('only the old master knows'))])).toEqual([4]);
    expect(await replica.cli('XLEN', 'agentcoord:{company_kinds}:events')).toBe('2');
    await master.signal('SIGKILL');
    const asked = one.append([group(4, readied('after the old master'))]);
    expect(await asked).toEqual([5]);
    await expect.poll(() => two.head(), { timeout: 20_000 }).toBe(5);
    expect((await two.read(seq(3))).map(({ event }) => event)).toEqual([
      readied('only the old master knows').event,
      readied('after the old master').event,
    ]);
    expect(await two.lastLink()).toEqual(await one.lastLink());
    expect(await replica.cli('ROLE')).toMatch(/^master/);
  });
});

describe('a Redis that can not be used', () => {
  it.each([
    ['nothing listens', async () => `redis://127.0.0.1:${await freePort()}`, /nothing listens there/],
    ['there is no such host', async () => 'redis://no-such-host.invalid:6379', /no such host/],
  ])('says so when %s', async (_what, url, words) => {
    expect((await refusal(await url())).message).toMatch(words);
  });

  it('says so when it forgets what it has no room for', async () => {
    const { port } = await start({ args: ['--maxmemory', '10mb', '--maxmemory-policy', 'allkeys-lru'] });
    expect((await refusal(`redis://127.0.0.1:${port}`)).message).toMatch(/could lose the log.*noeviction/);
  });

  it('says so when something else has our place', async () => {
    const { port, cli } = await start();
    await cli('SET', 'agentcoord:{company_kinds}:events', 'mine');
    expect((await refusal(`redis://127.0.0.1:${port}`)).message).toMatch(
      /something else is kept under a name of ours/,
    );
    expect(await cli('GET', 'agentcoord:{company_kinds}:events')).toBe('mine');
  });

  it('takes nothing, and goes on, when its memory is full', async () => {
    const { port, cli } = await start();
    const log = await openLog(`redis://127.0.0.1:${port}`);
    await log.append([group(0, readied('a'))]);
    await cli('CONFIG', 'SET', 'maxmemory', '1');
    await expect(log.append([group(1, readied('b'))])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/its memory is full/),
    });
    await cli('CONFIG', 'SET', 'maxmemory', '0');
    expect(await log.append([group(1, readied('b'))])).toEqual([2]);
    expect(await log.head()).toBe(2);
  });
});
