/** A Redis that can't be used: said in words, with exit code 1, and everything else of the host goes on. */
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { RedisServer, ServerOptions } from '../log/redis/redis-servers.ts';
import { freePort, startRedisServer } from '../log/redis/redis-servers.ts';
import type { Place } from './place.ts';
import { newPlace } from './place.ts';
import type { Json, Run } from './run-agentcoord.ts';
import { runAgentcoord } from './run-agentcoord.ts';
import { serveWith } from './serving-host.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

async function start(options: ServerOptions): Promise<RedisServer> {
  const server = await startRedisServer(options);
  onTestFinished(() => server.stop());
  return server;
}

async function placeOfAcme(): Promise<Place> {
  const place = await newPlace();
  await place.json('init', '--template', 'startup', '--name', 'Acme');
  return place;
}

/** Answers as a server of that version would. */
async function oldServer(): Promise<number> {
  const server = createServer((line) => {
    line.on('data', (asked) => {
      const info = 'redis_version:5.0.14\r\nrole:master\r\n';
      // Several commands may come at once.
      for (const command of String(asked)
        .split(/^\*\d+\r\n/m)
        .slice(1)) {
        const isInfo = /\r\ninfo\r\n/i.test(`\r\n${command}`);
        line.write(isInfo ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n');
      }
    });
    line.on('error', () => undefined);
  });
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  return port;
}

const local = (port: number) => `redis://127.0.0.1:${port}`;

it.each<[string, () => Promise<string>, RegExp]>([
  ['nothing listens', async () => local(await freePort()), /nothing listens there/],
  ['the host is unknown', async () => 'redis://no-such-host.invalid', /there is no such host/],
  ['it is no URL', async () => 'localhost:6379', /must look like redis:\/\//],
  ['it is too old', async () => local(await oldServer()), /version 5\.0\.14, and 6\.2 is the oldest/],
  [
    'it is a replica',
    async () => local((await start({ args: ['--replicaof', '127.0.0.1', String(redis.port)] })).port),
    /is a replica/,
  ],
  [
    'it forgets',
    async () => local((await start({ args: ['--maxmemory-policy', 'allkeys-lru'] })).port),
    /noeviction/,
  ],
  [
    'it asks for a password',
    async () =>
      local((await start({ args: ['--requirepass', 'x'], cliArgs: ['-a', 'x', '--no-auth-warning'] })).port),
    /asks for a password/,
  ],
])('says so when %s, and the company stays where it is', async (_what, where, words) => {
  const place = await placeOfAcme();
  const { code, stderr } = await place.run('move', '--anybody-may-read-it', '--to', await where());
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  await place.json('task', 'create', '--title', 'Here as before');
  expect((await place.json('companies')).companies).toMatchObject([{ place: null, state: 'open' }]);
});

it('says so when the memory is full, or another has the key, and the company stays where it is', async () => {
  const server = await start({});
  const place = await placeOfAcme();
  await server.cli('CONFIG', 'SET', 'maxmemory', '1');
  const full = await place.run('move', '--to', local(server.port));
  expect([full.code, full.stderr]).toEqual([1, expect.stringMatching(/its memory is full/)]);
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
  const [{ id }] = (await place.json('companies')).companies;
  await server.cli('SET', `agentcoord:{${id}}:events`, 'mine');
  const taken = await place.run('move', '--to', 'redis');
  expect([taken.code, taken.stderr]).toEqual([
    1,
    expect.stringMatching(/something else is kept under a name of ours/),
  ]);
  await server.cli('DEL', `agentcoord:{${id}}:events`);
  expect(await place.json('move', '--to', 'redis')).toMatchObject({ place: local(server.port) });
});

it('wants it said that anybody may read a Redis without a password elsewhere', async () => {
  // Not the loopback by its name, and still this machine.
  const server = await start({ args: ['--bind', '0.0.0.0', '--protected-mode', 'no'] });
  const open = `redis://0.0.0.0:${server.port}`;
  const place = await placeOfAcme();
  const warned = ({ code, stderr }: Run) => {
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /REDIS_UNPROTECTED: .*read every task.*sign gates as anybody.*--anybody-may-read-it/,
    );
  };
  warned(await place.run('redis', 'set', open, '--no-password'));
  warned(await place.run('serve', '--no-http', '--redis-url', open));
  warned(await place.run('move', '--to', open));
  const env = { AGENTCOORD_REDIS_URL: open };
  warned(await runAgentcoord(['--data-dir', place.dataDir, 'serve', '--no-http'], { env }));
  const acknowledged = await place.run('redis', 'set', open, '--no-password', '--anybody-may-read-it');
  expect(acknowledged).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^warning: .*sign gates as anybody/),
  });
  expect(await place.json('move', '--to', 'redis')).toMatchObject({ place: open });
  const host = await place.serve('--workers', '0', '--redis-url', open);
  expect(await host.end()).toBe(0);
});

it('keeps a company closed whose Redis it does not know, and the others open', {
  timeout: 90_000,
}, async () => {
  const server = await start({});
  const place = await placeOfAcme();
  await place.json('init', '--template', 'startup', '--name', 'Borea');
  const known = { AGENTCOORD_REDIS_URL: local(server.port) };
  const host = await serveWith(known, place.dataDir, '--no-http', '--workers', '0');
  await place.json('move', '--to', 'redis', '--company', 'Borea');
  await host.end();
  const { companies } = await place.json('companies');
  expect(companies).toMatchObject([
    { name: 'Acme', state: 'open', place: null },
    {
      name: 'Borea',
      state: 'closed',
      place: local(server.port),
      why: expect.stringMatching(/was not told how to get in/),
    },
  ]);
  expect((await place.run('status', '--company', 'Acme')).stderr).toMatch(/^warning: LOG_UNAVAILABLE: Borea/);
  expect((await place.run('status', '--company', 'Borea')).code).toBe(1);
  const other = { AGENTCOORD_REDIS_URL: local(redis.port) };
  const { stdout } = await runAgentcoord(['--data-dir', place.dataDir, 'companies', '--json'], {
    env: other,
  });
  expect(JSON.parse(stdout).companies.find(({ name }: Json) => name === 'Borea').why).toMatch(
    /another one, .* which does not hold this company/,
  );
  expect(await redis.cli('EXISTS', `agentcoord:{${companies[1].id}}:events`)).toBe('0');
});

it('goes on while Redis is away from the start, and joins it again', { timeout: 120_000 }, async () => {
  const server = await start({});
  const place = await placeOfAcme();
  await place.json('move', '--to', local(server.port));
  await server.signal('SIGTERM');
  await place.serve('--workers', '0');
  await place.json('task', 'create', '--title', 'While it was away');
  expect((await place.json('companies')).companies).toMatchObject([{ state: 'open' }]);
  await server.restart();
  const two = await newPlace();
  await two.serve('--workers', '0', '--redis-url', local(server.port));
  await expect
    .poll(async () => (await two.json('tasks')).tasks.map(({ title }: Json) => title), { timeout: 30_000 })
    .toEqual(['While it was away']);
});
