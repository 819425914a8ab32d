/** The Redis of build/redis: what its script makes and its compose file says, run by a real server and used by real hosts. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { ensureDebianPackages } from '../../build/debian.ts';
import { openSandbox } from '../cli/run-agentcoord.ts';
import { serveWith } from '../cli/serving-host.ts';
import { documentedRights } from '../log/redis/documented-rights.ts';
import { freePort } from '../log/redis/redis-servers.ts';

const run = promisify(execFile);
const source = path.join(import.meta.dirname, '..', '..', 'build', 'redis');

interface Compose {
  readonly name: string;
  readonly services: {
    readonly redis: {
      readonly image: string;
      readonly command: readonly unknown[];
      readonly ports: readonly string[];
      readonly volumes: readonly string[];
      readonly healthcheck: { readonly test: readonly string[] };
    };
  };
}

let folder: string;
let compose: Compose;
beforeAll(async () => {
  await ensureDebianPackages(['redis-server', 'redis-tools', 'openssl']);
  folder = await mkdtemp(path.join(tmpdir(), 'agentcoord-compose-'));
  for (const file of ['prepare.sh', 'compose.yaml'])
    await copyFile(path.join(source, file), path.join(folder, file));
  await run('sh', [path.join(folder, 'prepare.sh'), '127.0.0.1']);
  compose = parse(await readFile(path.join(folder, 'compose.yaml'), 'utf8')) as Compose;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (file: string): string => path.join(folder, file);

/** Starts it as the container would: the same options, with the folders and the port of the test. */
async function startAsComposed(): Promise<number> {
  const port = await freePort();
  const [program, ...options] = compose.services.redis.command;
  expect(program).toBe('redis-server');
  const own = options.map((option) => {
    if (typeof option !== 'string') throw new Error(`an option is no text: ${String(option)}`);
    if (option === '6379') return String(port);
    return option.replace(/^\/(?=secret|data)/, `${folder}/`);
  });
  const server = spawn('redis-server', [...own, '--bind', '127.0.0.1'], { stdio: 'ignore' });
  onTestFinished(async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  });
  const [, check = ''] = compose.services.redis.healthcheck.test;
  const here = check.replace('/secret', inFolder('secret')).replace('redis-cli', `redis-cli -p ${port}`);
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`);
    const isHealthy = await run('sh', ['-c', here]).then(
      () => true,
      () => false,
    );
    if (isHealthy) return port;
    await pause(100);
  }
  throw new Error('it never became healthy');
}

it('has what the format asks for, and asks for what the script makes', async () => {
  expect(compose).toMatchObject({
    name: 'agentcoord-redis',
    services: { redis: { image: expect.any(String) } },
  });
  const wanted = [...JSON.stringify(compose).matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
  const made = (await readFile(inFolder('.env'), 'utf8')).split('\n').map((line) => line.split('=')[0]);
  expect(made).toEqual(expect.arrayContaining(wanted));
  for (const volume of compose.services.redis.volumes) {
    expect((await stat(inFolder(volume.split(':')[0] ?? ''))).isDirectory()).toBe(true);
  }
});

it('gives the user exactly the documented rights, and keeps what it makes to its owner', async () => {
  const [first, user = ''] = (await readFile(inFolder('secret/users.acl'), 'utf8')).split('\n');
  expect(first).toBe('user default off');
  expect(user.replace(/ #[0-9a-f]{64} /, ' ')).toBe(`user agentcoord on ${documentedRights.join(' ')}`);
  for (const file of ['password', 'ca.key', 'redis.key', 'users.acl']) {
    expect((await stat(inFolder(`secret/${file}`))).mode & 0o077, file).toBe(0);
  }
});

it('does not overwrite what it has made', async () => {
  await expect(run('sh', [inFolder('prepare.sh'), '127.0.0.1'])).rejects.toMatchObject({ code: 1 });
});

it('runs a company for two hosts with these rights alone, and lets nobody else in', {
  timeout: 120_000,
}, async () => {
  const port = await startAsComposed();
  const password = (await readFile(inFolder('secret/password'), 'utf8')).trim();
  const env = {
    AGENTCOORD_REDIS_URL: `rediss://agentcoord@127.0.0.1:${port}`,
    AGENTCOORD_REDIS_PASSWORD: password,
    AGENTCOORD_REDIS_CA: inFolder('secret/ca.crt'),
  };
  const places = [await openSandbox(env), await openSandbox(env)] as const;
  const [one, two] = places;
  await one.json('init', '--template', 'startup', '--name', 'Acme');
  for (const place of places) {
    const host = await serveWith(env, place.dataDir, '--no-http', '--workers', '0');
    onTestFinished(async () => {
      await host.end();
      await place.remove();
    });
  }
  await one.json('move', '--to', 'redis');
  await expect
    .poll(async () => (await two.json('companies')).companies, { timeout: 15_000 })
    .toMatchObject([{ name: 'Acme', state: 'open' }]);
  await two.json('task', 'create', '--title', 'From two');
  await expect.poll(async () => (await one.json('tasks')).total, { timeout: 20_000 }).toBe(1);
  await one.json('move', '--to', 'here');

  const cli = (...args: string[]) =>
    run('redis-cli', [
      '-p',
      String(port),
      '--tls',
      '--cacert',
      inFolder('secret/ca.crt'),
      '--no-auth-warning',
      ...args,
    ]);
  expect((await cli('KEYS', '*')).stdout).toMatch(/NOAUTH/);
  const asUser = ['--user', 'agentcoord', '--pass', password];
  expect((await cli(...asUser, 'FLUSHALL')).stdout).toMatch(/NOPERM/);
  expect((await cli(...asUser, 'GET', 'other')).stdout).toMatch(/NOPERM/);
});
