/** The door for workers on other machines: who gets in, with what, how often, and what they get there. */
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { parseHostAddress } from '../../src/contract/host-address.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openNodeWebSocketChannel } from '../../src/rpc/websocket-channel.ts';
import { openWorkerDoor } from '../../src/serve/worker-door.ts';
import type { RealCompany } from '../real-company.ts';
import { openRealCompany } from '../real-company.ts';
import { selfSigned } from '../self-signed.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openDoor } from '../worker/supervised-company.ts';

const handover = '{"model":"a-secret-key"}';

async function expectedWorker() {
  const real = await openRealCompany();
  const token = await tokenOf(real);
  const { url } = await openDoor(real);
  return { ...real, token, url };
}

async function tokenOf({ company, sessions, member, owner }: RealCompany): Promise<string> {
  const { id: memberId } = await member('ann');
  const workerId = 'worker_away000001' as never;
  await company.coordinator.execute(
    { kind: 'host' },
    { type: 'worker.start', workerId, memberId, launcher: 'far', runner: 'script' },
  );
  await owner.query('workers', {});
  return sessions.issue({ companyId: company.id, memberId, workerId, away: { handover } });
}

async function come(url: string, shown: string, said = shown) {
  const client = connectClient(await openNodeWebSocketChannel(url, shown));
  onTestFinished(() => client.close());
  await client.hello({ version: rpcVersion, token: said, client: 'worker' });
  return client;
}

/** What an upgrade with these headers is answered. */
async function answered(url: string, headers: Record<string, string>, path?: string): Promise<number> {
  const socket = new WebSocket(path ? new URL(path, url) : url, { headers });
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  return response.statusCode;
}

describe('the door for workers on other machines', () => {
  it('lets an expected worker in once, and hands over once what it needs', async () => {
    const { url, token, company } = await expectedWorker();
    const worker = await come(url, token);
    await expect(worker.takeHandover()).resolves.toBe(handover);
    await expect(worker.takeHandover()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(worker.query('status', {})).resolves.toMatchObject({ company: { id: company.id } });
    // Whoever reads it afterwards, in the settings of the service or in /proc, has nothing.
    await expect(come(url, token)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  });

  it('takes a token that was used no more, on whatever line', async () => {
    const { url, token, connect } = await expectedWorker();
    const [first, second] = await Promise.allSettled([come(url, token), come(url, token)]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    const session = connect(new AbortController().signal);
    await expect(session.hello({ version: rpcVersion, token, client: 'x' })).rejects.toMatchObject({
      code: 'SESSION_INVALID',
    });
  });

  it.each([
    ['no token', 401, {}],
    ['a wrong one', 401, { authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }],
    ['another kind', 401, { authorization: 'Basic YTpi' }],
    ['a page of a browser', 403, { origin: 'https://example.org' }],
  ] as const)('refuses the upgrade of %s with %i', async (_who, status, headers) => {
    const { url } = await expectedWorker();
    expect(await answered(url, headers)).toBe(status);
  });

  it('takes neither the owner’s token nor that of a worker of this machine', async () => {
    const { url, token, ownerToken, sessions, company, member } = await expectedWorker();
    expect(await answered(url, { authorization: `Bearer ${ownerToken}` })).toBe(401);
    const local = sessions.issue({ companyId: company.id, memberId: (await member('ann')).id });
    expect(await answered(url, { authorization: `Bearer ${local}` })).toBe(401);
    await expect(come(url, token, ownerToken)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
  });

  it('serves nothing else: no page, no other path, no call that a worker has no use for', async () => {
    const { url, token } = await expectedWorker();
    const page = request(url.replace('ws:', 'http:')).end();
    const [response] = await once(page, 'response');
    expect(response.statusCode).toBe(404);
    response.resume();
    expect(await answered(url, { authorization: `Bearer ${token}` }, '/rpc')).toBe(404);
    const worker = await come(url, token);
    await expect(worker.companies()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(worker.actAs({ member: 'pia', pid: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('checks what it writes as everywhere: the path, the lock, the size', async () => {
    const { url, token } = await expectedWorker();
    const worker = await come(url, token);
    const lock = async (scope: string) => {
      const { events } = await worker.command({ type: 'lock.acquire', scope, intent: 'to change it' });
      return { id: events[0]?.event as never, token: events[0]?.seq as number };
    };
    const held = await lock('a.txt');
    const put = (path: string, bytes = 1, lockToken: number | null = held.token) =>
      worker.writeFile({ path, base64: Buffer.alloc(bytes).toString('base64'), token: lockToken as never });
    await expect(put('a.txt')).resolves.toMatchObject({ path: 'a.txt' });
    await expect(put('a.txt', 1, held.token - 1)).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await expect(put('a.txt', 1, null)).rejects.toMatchObject({ code: 'NOT_LOCKED' });
    await expect(put('../a.txt')).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    await expect(put('/etc/a.txt')).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    await expect(put('.git/config')).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    await expect(put('a.txt', 21 * 1024 * 1024)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('ends what a worker follows and asks as soon as its token is withdrawn', async () => {
    const { url, token, sessions } = await expectedWorker();
    const worker = await come(url, token);
    let batches = 0;
    const follow = async () => {
      for await (const _ of worker.follow(0 as never, new AbortController().signal)) {
        batches += 1;
        sessions.revoke(token);
      }
    };
    await expect(follow()).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    expect(batches).toBe(1);
    await expect(worker.query('status', {})).rejects.toMatchObject({ code: 'SESSION_INVALID' });
  });

  it('speaks TLS with a certificate of its own', async () => {
    const real = await openRealCompany();
    const tls = await selfSigned(await temporaryFolder());
    const isExpected = (shown: string) => real.sessions.isExpected(shown);
    const door = await openWorkerDoor({ url: 'wss://localhost:0/worker', port: 0, tls }, real.connectAway, {
      isExpected,
    });
    onTestFinished(() => door.close());
    const socket = new WebSocket(door.url, {
      ca: tls.certText,
      headers: { authorization: `Bearer ${await tokenOf(real)}` },
    });
    await once(socket, 'open');
    socket.close();
    // A worker checks the certificate: nobody in between gets its token.
    await expect(openNodeWebSocketChannel(door.url, 'x')).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      message: expect.stringContaining('self-signed certificate'),
    });
  });

  it('says what is wrong with a certificate, a port and an address', async () => {
    const { connectAway } = await openRealCompany();
    const open = (choice: Parameters<typeof openWorkerDoor>[0]) =>
      openWorkerDoor(choice, connectAway, { isExpected: () => false });
    const folder = await temporaryFolder();
    const { cert, key } = await selfSigned(folder);
    const missing = { cert: `${folder}/nothing.pem`, key };
    await expect(open({ url: 'wss://a.example/', tls: missing })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('nothing.pem'),
    });
    await expect(open({ url: 'wss://a.example/', tls: { cert: key, key: cert } })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('in PEM'),
    });
    await expect(open({ url: 'ws://127.0.0.1/', tls: { cert, key } })).rejects.toMatchObject({
      message: expect.stringContaining('use wss://'),
    });
    const door = await openDoor(await openRealCompany());
    await expect(open({ url: 'ws://127.0.0.1/', port: door.port })).rejects.toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining('--public-port'),
    });
  });
});

describe('the address for workers on other machines', () => {
  it.each([
    ['ws://host.example.org/worker', 'whoever is on the way would read'],
    ['ws://10.0.0.7/worker', 'whoever is on the way would read'],
    ['https://host.example.org', 'write it as wss://'],
    ['host.example.org', 'write it as wss://'],
    ['wss://ann:secret@host.example.org/', 'a host, a port and a path'],
    ['wss://host.example.org/?token=x', 'a host, a port and a path'],
  ])('refuses %s', (address, words) => {
    expect(() => parseHostAddress(address)).toThrow(words);
  });

  it.each(['wss://host.example.org/worker', 'ws://127.0.0.1:4171/worker', 'ws://localhost:1/w'])(
    'takes %s',
    (address) => {
      expect(parseHostAddress(`${address}/`)).toBe(address);
    },
  );
});
