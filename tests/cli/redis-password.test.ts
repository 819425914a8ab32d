/** The password of Redis: it goes into the keychain of the person, or stays in the environment, and shows nowhere else. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import type { TestKeychain } from './keychain.ts';
import { startKeychain } from './keychain.ts';
import { newPlace } from './place.ts';
import type { Run, Sandbox } from './run-agentcoord.ts';
import { runAgentcoord } from './run-agentcoord.ts';
import { serveWith } from './serving-host.ts';

const secret = 'S3cr3t/wörd%:@';
const shapes = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), 'S3cr3t'];

let redis: RedisServer;
let keychain: TestKeychain;
/** Without a password. */
let url: string;
/** A machine that has neither Redis nor a keychain gets both first, in ms. */
const installing = 240_000;
beforeAll(async () => {
  redis = await startRedisServer({
    args: ['--user', 'default', 'off', '--user', 'coord', 'on', `>${secret}`, '~agentcoord:*', '+@all'],
    cliArgs: ['--user', 'coord', '--pass', secret, '--no-auth-warning'],
  });
  url = `redis://coord@127.0.0.1:${redis.port}`;
  keychain = await startKeychain();
}, installing);
afterAll(async () => {
  await redis.stop();
  await keychain.stop();
});

const set = (
  { dataDir }: Sandbox,
  env: Readonly<Record<string, string>>,
  password = secret,
  ...more: string[]
) => runAgentcoord(['--data-dir', dataDir, 'redis', 'set', url, ...more], { env, stdin: `${password}\n` });

it('shows the password in no output, no file and no process', { timeout: 120_000 }, async () => {
  const env = { ...keychain.env, AGENTCOORD_DEBUG: '1' };
  const place = await newPlace(env);
  const said: string[] = [];
  const note = ({ stdout, stderr }: Run) => said.push(stdout, stderr);
  const isSet = await set(place, env);
  expect(isSet).toMatchObject({ code: 0, stderr: '' });
  note(isSet);
  note(await set(place, env, `${secret} and more`));
  expect(said.join('')).toMatch(/the password is wrong/);
  note(await place.run('init', '--template', 'startup', '--name', 'Acme'));
  const host = await serveWith(env, place.dataDir, '--no-http', '--workers', '2');
  onTestFinished(async () => {
    await host.end('SIGKILL');
  });
  host.process.stderr?.on('data', (chunk) => said.push(String(chunk)));
  note(await place.run('move', '--to', 'redis'));
  note(await place.run('task', 'create', '--title', 'Sweep', '--role', 'engineer'));
  await expect.poll(() => processesBelow(host.process), { timeout: 20_000 }).not.toEqual([]);
  const processes = await textOfProcesses(host.process);
  for (const command of [['companies'], ['doctor'], ['redis', 'show'], ['status'], ['audit'], ['export']]) {
    note(await place.run(...command, '--json'));
    note(await place.run(...command));
  }
  await redis.signal('SIGSTOP');
  note(await place.run('doctor'));
  note(await place.run('redis', 'show', '--json'));
  await redis.signal('SIGCONT');
  await host.end();
  const seen = [...said, ...processes, ...(await textOfFiles(place.dataDir))].join('\n');
  expect(seen).toContain('Sweep');
  for (const shape of shapes) expect(seen.includes(shape), shape).toBe(false);
});

it('is not echoed at a terminal', async () => {
  const place = await newPlace(keychain.env);
  const program = join(import.meta.dirname, '..', '..', 'bin', 'agentcoord.js');
  const line = [process.execPath, program, '--data-dir', place.dataDir, 'redis', 'set', url].join(' ');
  const terminal = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { PATH: process.env['PATH'] ?? '', ...keychain.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  terminal.stdout.on('data', (chunk) => {
    shown += String(chunk);
  });
  await expect.poll(() => shown, { timeout: 20_000 }).toContain('Password of');
  terminal.stdin.write(`${secret}\r`);
  const [code] = (await once(terminal, 'exit')) as [number];
  expect(code).toBe(0);
  expect(shown).not.toContain('S3cr3t');
  expect((await place.json('redis', 'show')).trouble).toBeNull();
});

it('is refused on a command line, with what to do instead', async () => {
  const place = await newPlace(keychain.env);
  const open = `redis://coord:${encodeURIComponent(secret)}@127.0.0.1:${redis.port}`;
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  for (const command of [
    ['redis', 'set', open],
    ['serve', '--no-http', '--redis-url', open],
    ['move', '--to', open],
  ]) {
    const { code, stderr, stdout } = await place.run(...command);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^BAD_INPUT: .*everybody on this machine.*AGENTCOORD_REDIS_PASSWORD/);
    for (const shape of shapes) expect((stderr + stdout).includes(shape)).toBe(false);
  }
});

it('comes from the environment where there is no keychain, and the refusal says so', async () => {
  const none = { HOME: keychain.env['HOME'] ?? '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' };
  const place = await newPlace(none);
  const refused = await set(place, none);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /^KEYCHAIN_UNAVAILABLE: .*there is none in this session.*AGENTCOORD_REDIS_PASSWORD/,
  );
  expect(refused.stderr).not.toMatch(/dbus|platform|socket/i);
  for (const env of [
    { AGENTCOORD_REDIS_URL: url, AGENTCOORD_REDIS_PASSWORD: secret },
    { REDIS_URL: url.replace('coord@', `coord:${encodeURIComponent(secret)}@`) },
  ]) {
    const { code, stdout } = await runAgentcoord(['--data-dir', place.dataDir, 'redis', 'show', '--json'], {
      env: { ...none, ...env },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ place: url.replace('coord@', ''), trouble: null });
  }
});

it('is taken out of the keychain again', async () => {
  const place = await newPlace(keychain.env);
  expect(await set(place, keychain.env)).toMatchObject({ code: 0, stderr: '' });
  expect((await place.json('redis', 'show')).trouble).toBeNull();
  const file = join(place.dataDir, 'redis.json');
  expect((await stat(file)).mode & 0o077).toBe(0);
  const settings = await readFile(file, 'utf8');
  await place.json('redis', 'forget');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(file, settings);
  expect((await place.json('redis', 'show')).trouble).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
});

/** Direct children: the workers. */
async function processesBelow({ pid }: ChildProcess): Promise<string[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.split(' ').filter((child) => child !== '');
}

async function textOfProcesses(host: ChildProcess): Promise<string[]> {
  const pids = [String(host.pid), ...(await processesBelow(host))];
  const texts = pids.flatMap((pid) =>
    ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
  );
  return Promise.all(texts);
}

async function textOfFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')));
}
