/** The contract over WebSocket, from Node's client and from the browser's, and who may come in at all. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { openWebSocketChannel } from '../../src/rpc/client-websocket.ts';
import { isTrustedRequest, listenOnWebSocket } from '../../src/rpc/listen-websocket.ts';
import type { Connect, ServeOptions } from '../../src/rpc/serve-connection.ts';
import { openNodeWebSocketChannel } from '../../src/rpc/websocket-channel.ts';
import { openRealCompany } from '../real-company.ts';
import { rpcContract } from './rpc-contract.ts';

async function listen(connect: Connect, options: ServeOptions = {}): Promise<number> {
  const server = createServer();
  const listener = listenOnWebSocket(server, connect, options);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await listener.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

rpcContract('a WebSocket', async (connect, options) => {
  const port = await listen(connect, options);
  return () => openNodeWebSocketChannel(`ws://127.0.0.1:${port}/rpc`);
});

// Node's own WebSocket is the browser's, by the same standard.
rpcContract('the WebSocket of a browser', async (connect, options) => {
  const port = await listen(connect, options);
  return () => openWebSocketChannel(`ws://127.0.0.1:${port}/rpc`);
});

describe('who may come in', () => {
  it.each([
    ['a program on this machine', { host: '127.0.0.1:4170' }, true],
    ['a page of this host', { host: 'localhost:4170', origin: 'http://localhost:4170' }, true],
    ['a page of this host, over IPv6', { host: '[::1]:4170', origin: 'http://[::1]:4170' }, true],
    ['a page of another site', { host: '127.0.0.1:4170', origin: 'https://evil.example' }, false],
    ['a page of another port', { host: '127.0.0.1:4170', origin: 'http://127.0.0.1:8080' }, false],
    ['a file that was opened in a browser', { host: '127.0.0.1:4170', origin: 'null' }, false],
    [
      'a site that points its name here',
      { host: 'evil.example:4170', origin: 'http://evil.example:4170' },
      false,
    ],
    ['a name that only begins like ours', { host: 'localhost.evil.example' }, false],
    ['a host that is no name', { host: '127.0.0.1@evil.example:1' }, false],
    ['nobody in particular', {}, false],
  ])('%s', (_who, headers, welcome) => {
    expect(isTrustedRequest(headers)).toBe(welcome);
  });

  it('is decided before the line opens', async () => {
    const { connect } = await openRealCompany();
    const port = await listen(connect);
    const refusal = (url: string, headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = new NodeWebSocket(url, { headers });
        socket.once('error', ({ message }) => resolve(message));
        socket.once('open', () => resolve('open'));
      });
    const url = `ws://127.0.0.1:${port}/rpc`;
    expect(await refusal(url, { origin: 'https://evil.example' })).toContain('403');
    expect(await refusal(url, { host: 'evil.example' })).toContain('403');
    expect(await refusal(`ws://127.0.0.1:${port}/other`, {})).toContain('404');
    expect(await refusal(`${url}?token=secret`, {})).toContain('404');
  });

  it('a frame that is binary or too long ends its own line only', async () => {
    const { connect } = await openRealCompany();
    const port = await listen(connect);
    for (const frame of [Buffer.from([1, 2, 3]), 'x'.repeat(33 * 1024 * 1024)]) {
      const socket = new NodeWebSocket(`ws://127.0.0.1:${port}/rpc`);
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('open', resolve));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.send(frame);
      await closed;
    }
    await expect(openNodeWebSocketChannel(`ws://127.0.0.1:${port}/rpc`)).resolves.toBeDefined();
  });
});
