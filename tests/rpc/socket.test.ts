/** The contract over a Unix socket, and what only a byte stream can bring: cut, endless and garbled frames. */
import { once } from 'node:events';
import { chmod, stat, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createConnection, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { maxFrameBytes, rpcVersion } from '../../src/contract/rpc.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { FrameReader, frameBytes } from '../../src/rpc/frame-reader.ts';
import { listenOnSocket } from '../../src/rpc/listen-socket.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { openRealCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { rpcContract } from './rpc-contract.ts';

rpcContract('a Unix socket', async (connect, options) => {
  const file = path.join(await temporaryFolder(), 'rpc.sock');
  const listener = await listenOnSocket(file, connect, options);
  onTestFinished(() => listener.close());
  return () => openSocketChannel(file);
});

describe('a frame', () => {
  it.each([
    ['all at once', (bytes: Buffer) => [bytes]],
    ['byte by byte', (bytes: Buffer) => [...bytes].map((byte) => Buffer.from([byte]))],
    ['cut in the length', (bytes: Buffer) => [bytes.subarray(0, 2), bytes.subarray(2)]],
    ['cut in a character', (bytes: Buffer) => [bytes.subarray(0, 6), bytes.subarray(6)]],
  ])('is read when it comes %s', (_how, cut) => {
    const texts = ['éä', 'a', 'x'.repeat(100)];
    const reader = new FrameReader();
    const read = cut(Buffer.concat(texts.map(frameBytes))).flatMap((chunk) => [...reader.read(chunk)]);
    expect(read).toEqual(texts);
    expect(reader.isInsideFrame).toBe(false);
  });

  it.each([
    ['of no length', Buffer.from([0, 0, 0, 0])],
    ['beyond the limit', lengthOf(maxFrameBytes + 1)],
    ['of the largest length there is', lengthOf(0xffffffff)],
    ['that is not UTF-8', Buffer.concat([lengthOf(2), Buffer.from([0xc3, 0x28])])],
  ])('%s is refused', (_what, bytes) => {
    expect(() => [...new FrameReader().read(bytes)]).toThrow(expect.objectContaining({ code: 'BAD_FRAME' }));
  });
});

describe('a client that sends the beginning of a frame, and nothing more', () => {
  it.each([
    ['and no hello', lengthOf(100).subarray(0, 2)],
    ['of a call that never ends', Buffer.concat([lengthOf(100), Buffer.from('{"t":"q"')])],
  ])('is closed after the time for a hello, %s', async (_what, bytes) => {
    const file = path.join(await temporaryFolder(), 'rpc.sock');
    const listener = await listenOnSocket(file, () => ({}) as Coordination, {
      helloWithinMs: 200,
    });
    onTestFinished(() => listener.close());
    // It even keeps its own side open: only the host can end this.
    const socket = createConnection({ path: file, allowHalfOpen: true });
    onTestFinished(() => {
      socket.destroy();
    });
    const told: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => told.push(chunk));
    socket.write(bytes);
    await once(socket, 'end');
    expect(Buffer.concat(told).toString()).toContain('no valid hello within 0.2 s');
  });
});

describe('the socket file', () => {
  it('may be opened by its owner only', async () => {
    const { socket } = await openRealCompany();
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
  });

  it('is replaced when its host is dead', async () => {
    const file = path.join(await temporaryFolder(), 'stale.sock');
    // A process that is killed leaves its socket file behind.
    const { spawnSync } = await import('node:child_process');
    const script = `require('node:net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect((await stat(file)).isSocket()).toBe(true);
    const { connect } = await openRealCompany();
    const listener = await listenOnSocket(file, connect);
    await expect(openSocketChannel(file)).resolves.toBeDefined();
    await listener.close();
  });

  it('is left alone when a host answers there, or it is no socket', async () => {
    const { socket, connect } = await openRealCompany();
    await expect(listenOnSocket(socket, connect)).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, 'mine');
    await chmod(file, 0o644);
    await expect(listenOnSocket(file, connect)).rejects.toMatchObject({ code: 'DATA_DIR_UNUSABLE' });
    expect((await stat(file)).size).toBe(4);
  });

  it('that is not there is NOT_CONNECTED, naming the path', async () => {
    await expect(openSocketChannel('/nowhere/host.sock')).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      message: expect.stringContaining('/nowhere/host.sock'),
    });
  });
});

describe('a hostile peer on the socket', () => {
  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a giant length', lengthOf(0xfffffff0)],
    ['bytes that are not UTF-8', Buffer.concat([lengthOf(4), Buffer.from([0xff, 0xfe, 0xfd, 0xfc])])],
  ])('that sends %s is told BAD_FRAME and cut off', async (_what, bytes) => {
    const { socket } = await openRealCompany();
    const peer = createConnection(socket);
    const answers = collect(peer);
    peer.write(bytes);
    await closeOf(peer);
    expect(answers()).toContain('BAD_FRAME');
  });

  it('that ends in the middle of a frame is cut off, and costs nothing', async () => {
    const { socket, ownerToken } = await openRealCompany();
    const peer = createConnection(socket);
    const answers = collect(peer);
    peer.end(Buffer.concat([lengthOf(1_000), Buffer.from('{"t"')]));
    await closeOf(peer);
    expect(answers()).toContain('in the middle of a frame');
    const client = connectClient(await openSocketChannel(socket));
    await expect(
      client.hello({ version: rpcVersion, token: ownerToken, client: 'test' }),
    ).resolves.toBeDefined();
    client.close();
  });

  it('does not disturb another session, with thousands of random frames', async () => {
    const { socket, ownerToken } = await openRealCompany();
    const client = connectClient(await openSocketChannel(socket));
    await client.hello({ version: rpcVersion, token: ownerToken, client: 'test' });
    const random = seededRandom(20_261_122);
    let attacking = true;
    const attack = (async () => {
      for (let n = 0; n < 2_000; n += 1) {
        const peer = createConnection(socket);
        peer.on('error', () => undefined);
        peer.write(randomFrame(random));
        if (n % 20 === 0) await delay(1);
        peer.end();
        peer.resume();
        await closeOf(peer);
      }
      attacking = false;
    })();
    let done = 0;
    while (attacking) {
      const { events } = await client.command({ type: 'task.create', title: `Undisturbed ${done}` });
      expect(events).toHaveLength(1);
      done += 1;
    }
    await attack;
    expect(done).toBeGreaterThan(50);
    await expect(client.query('tasks', { limit: 1_000 })).resolves.toHaveLength(Math.min(done, 1_000));
    client.close();
  }, 60_000);
});

describe('a host that is not one', () => {
  it.each([
    ['garbage', 'not a frame at all, but long enough to have a length'],
    ['an answer to nothing', frameBytes('{"t":"s","i":"x","r":{"ok":true}}')],
    ['an answer of another shape', frameBytes('{"t":"s","i":"x","r":17}')],
  ])('that sends %s ends the client, not the program', async (_what, bytes) => {
    const file = path.join(await temporaryFolder(), 'impostor.sock');
    const impostor = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write(bytes));
    });
    await new Promise<void>((resolve) => impostor.listen(file, resolve));
    onTestFinished(() => void impostor.close());
    const client = connectClient(await openSocketChannel(file));
    await expect(client.companies()).rejects.toMatchObject({ code: 'BAD_FRAME' });
    await client.closed;
  });
});

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

function collect(peer: Socket): () => string {
  let text = '';
  peer.on('data', (chunk) => {
    text += String(chunk);
  });
  peer.on('error', () => undefined);
  return () => text;
}

function closeOf(peer: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (peer.closed) resolve();
    else peer.once('close', () => resolve());
  });
}

/** Pure noise, noise with a right length, a mangled frame, or a well-formed frame with a senseless call. */
function randomFrame(random: () => number): Buffer {
  const pick = (n: number) => Math.floor(random() * n);
  const noise = Buffer.from(Array.from({ length: 1 + pick(200) }, () => pick(256)));
  const calls = ['hello', 'command', 'query', 'follow', 'toString', '__proto__', 'events', ''];
  const text = JSON.stringify({
    t: ['q', 's', 'x'][pick(3)],
    i: String(pick(5)),
    m: calls[pick(calls.length)],
    a: [noise.toString('base64'), pick(9)].slice(pick(3)),
  });
  const cut = text.slice(0, pick(text.length));
  return (
    [noise, Buffer.concat([lengthOf(noise.length), noise]), frameBytes(cut || '{'), frameBytes(text)][
      pick(4)
    ] ?? noise
  );
}
