/** The door for workers on other machines: nothing but a WebSocket, with TLS of its own or behind a proxy that has it. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isLoopback, parseHostAddress } from '../contract/host-address.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerListenOptions } from '../rpc/listen-workers.ts';
import { listenForWorkers } from '../rpc/listen-workers.ts';
import type { Connect } from '../rpc/serve-connection.ts';
import { Closers } from './closers.ts';

export interface WorkerDoorChoice {
  /** Where workers find it: `wss://host.example.org/worker`. */
  readonly url: string;
  /** Where it listens; null: the port of the address with TLS, else 4171, for the proxy. */
  readonly port?: number | null;
  /** Files in PEM; without them it listens on this machine alone, for a proxy that has the certificate. */
  readonly tls?: { readonly cert: string; readonly key: string } | null;
}

export interface WorkerDoor {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const usualPort = 4171;
/** Lines at once: of workers that are there, and of strangers until they are refused. */
const mostConnections = 1_024;

/** @throws CoordError `BAD_INPUT` - an address that others can read, no certificate; `IN_USE` - the port */
export async function openWorkerDoor(
  { url: asked, port = null, tls = null }: WorkerDoorChoice,
  connect: Connect,
  options: Pick<WorkerListenOptions, 'isExpected' | 'onFault'>,
): Promise<WorkerDoor> {
  const url = new URL(parseHostAddress(asked));
  if (url.protocol === 'ws:' && tls) throw noTlsThere(url.href);
  const isForAll = tls !== null && !isLoopback(url.hostname);
  const server = tls === null ? createServer() : await tlsServer(tls);
  server.maxConnections = mostConnections;
  server.on('request', (_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
  });
  const closers = new Closers();
  const wanted = port ?? (tls === null ? usualPort : Number(url.port || 443));
  await listen(server, wanted, isForAll ? undefined : '127.0.0.1');
  closers.add(() => close(server));
  const listener = listenForWorkers(server, connect, { ...options, path: url.pathname });
  closers.add(() => listener.close());
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : wanted;
  // Port 0 is any free one: then whoever asked for it means this machine.
  if (url.port === '0') url.port = String(bound);
  return { url: url.href, port: bound, close: () => closers.close() };
}

async function tlsServer({ cert, key }: { readonly cert: string; readonly key: string }): Promise<Server> {
  const [certText, keyText] = await Promise.all([readPem(cert), readPem(key)]);
  try {
    return createTlsServer({ cert: certText, key: keyText, minVersion: 'TLSv1.2' });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CoordError(
      'BAD_INPUT',
      `The certificate ${cert} and the key ${key} can't be used (${why}): give a certificate with its chain, and its key, in PEM`,
      { cert, key },
    );
  }
}

async function readPem(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CoordError('BAD_INPUT', `The file ${file} can't be read (${why})`, { file });
  }
}

async function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used by this user';
      throw new CoordError(
        'IN_USE',
        `Port ${port} for workers ${why}. Name another one with --public-port, and in the address or the proxy`,
        { port },
      );
    }
    throw error;
  }
}

function noTlsThere(url: string): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `The address ${url} has no TLS, and there is a certificate for it: use wss://`,
  );
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
