/** A host opens wholly or not at all, lets clients in by every door, and leaves nothing behind. */
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openWebSocketChannel } from '../../src/rpc/client-websocket.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import type { Host } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';

let dataDir: string;
let hosts: Host[];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-host-'));
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  await rm(dataDir, { recursive: true });
});

async function open(options: Partial<Parameters<typeof openHost>[0]> = {}): Promise<Host> {
  const host = await openHost({ dataDir, name: 'test host', workers: 0, ...options });
  hosts.push(host);
  return host;
}

const greet = (client: Coordination, token: string) =>
  client.hello({ version: rpcVersion, token, company: null, client: 'test' });

it('lets the owner in by every door, to the same company', async () => {
  const host = await open({
    http: { port: 0, staticDir: join(import.meta.dirname, '..', '..', 'out', 'renderer') },
  });
  const inProcess = host.connect();
  await greet(inProcess, host.token);
  const { id } = await inProcess.createCompany({ from: { template: 'startup' }, name: 'Acme' });

  const socket = connectClient(await openSocketChannel(host.socketPath ?? ''));
  expect((await greet(socket, host.token)).company).toEqual({ id, name: 'Acme' });
  const web = connectClient(await openWebSocketChannel(`${host.url?.replace('http', 'ws')}/rpc`));
  expect((await greet(web, host.token)).company).toEqual({ id, name: 'Acme' });

  await web.command({ type: 'task.create', title: 'Seen by all' });
  expect((await socket.query('tasks', {})).map(({ task }) => task.title)).toEqual(['Seen by all']);
  expect((await inProcess.templates()).companies.map(({ name }) => name)).toContain('Scaleup');

  await host.close();
  await Promise.all([socket.closed, web.closed]);
  await expect(inProcess.command({ type: 'task.create', title: 'Too late' })).rejects.toMatchObject({
    code: 'LOG_UNAVAILABLE',
  });
});

it('keeps all that it writes from the eyes of others', async () => {
  const host = await open();
  const client = host.connect();
  await greet(client, host.token);
  await client.createCompany({ from: { template: 'startup' } });
  await client.putArtifact({ path: 'a.txt', base64: 'YQ==' });
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const rights = entries.map(async (entry) => {
    const mode = (await stat(join(entry.parentPath, entry.name))).mode & 0o777;
    return [entry.name, mode.toString(8), entry.isDirectory() ? '700' : '600'] as const;
  });
  const all = await Promise.all(rights);
  expect(all.map(([name]) => name)).toEqual(
    expect.arrayContaining(['log.sqlite', 'log.sqlite-wal', 'log.sqlite-shm', 'host.lock', 'host.json']),
  );
  for (const [name, mode, wanted] of all) expect([name, mode]).toEqual([name, wanted]);
});

it('refuses a token that it did not hand out', async () => {
  const host = await open();
  const client = connectClient(await openSocketChannel(host.socketPath ?? ''));
  await expect(greet(client, 'a-guess')).rejects.toMatchObject({ code: 'SESSION_INVALID' });
  client.close();
});

it('keeps a second host out until it is closed', async () => {
  const first = await open();
  await expect(open()).rejects.toMatchObject({
    code: 'DATA_DIR_IN_USE',
    message: expect.stringContaining(`test host (process ${process.pid}`),
  });
  await first.close();
  await open();
});

it('waits for one that does not listen: it will be done in a moment', async () => {
  const first = await open({ listen: false });
  const second = open();
  await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 200))]);
  expect(hosts).toEqual([first]);
  await first.close();
  expect((await second).socketPath).not.toBeNull();
});

it('gives everything back when it can not open', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const http = { port, staticDir: join(import.meta.dirname, '..', '..', 'out', 'renderer') };
  await expect(open({ http })).rejects.toMatchObject({ code: 'IN_USE' });
  taken.close();
  expect((await readdir(dataDir)).filter((name) => /^host\.json|sock/.test(name))).toEqual([]);
  await open();
});
