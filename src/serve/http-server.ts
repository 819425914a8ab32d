/** Serves the UI to browsers of this machine, and the API to programs; the WebSocket beside it is the RPC listener's. */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoordError } from '../core/error.ts';
import type { HttpApi } from '../rpc/http/http-api.ts';
import { stylePolicy } from './page-policy.ts';
import type { StaticFiles } from './static-files.ts';
import { openStaticFiles } from './static-files.ts';

const loopback = '127.0.0.1';

/** Tried first, so that the address (and what a browser keeps for it) stays the same from start to start. */
const preferredPort = 4170;

export interface HttpOptions {
  /** Null: the usual one, or any free one when that is taken. 0: any free one. */
  readonly port: number | null;
  /** The built UI. */
  readonly staticDir: string;
}

/** Who answers what is no file of the UI, also that there is nothing; left out: nobody. */
export type ServedApi = Pick<HttpApi, 'isAt' | 'answer'>;

export interface HttpServer {
  readonly server: Server;
  /** `http://127.0.0.1:4170`, without a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * @throws CoordError `NOT_FOUND` - the UI is not built
 * @throws CoordError `IN_USE` - the port that was asked for is taken
 */
export async function openHttpServer({ port, staticDir }: HttpOptions, api?: ServedApi): Promise<HttpServer> {
  const files = await openStaticFiles(staticDir);
  if (!files) {
    throw new CoordError(
      'NOT_FOUND',
      `The UI is not in ${staticDir}: run \`npm run build\`, or serve without it (--no-http).`,
    );
  }
  const server = createServer({ headersTimeout: 20_000, requestTimeout: 300_000 });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  const hosts = [`${loopback}:${bound}`, `localhost:${bound}`];
  server.on('request', (request, response) => {
    answer(request, response, { files, hosts, api }).catch(() =>
      end(response, 500, 'The file can not be read.'),
    );
  });
  return { server, origin: `http://${loopback}:${bound}`, close: () => close(server) };
}

async function listen(server: Server, port: number | null): Promise<void> {
  try {
    server.listen(port ?? preferredPort, loopback);
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (port === null) return await listen(server, 0);
    throw new CoordError(
      'IN_USE',
      `Port ${port} of this machine is taken by another program. Name another one with --port, or none for a free one.`,
      { port },
    );
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { files, hosts, api }: { files: StaticFiles; hosts: readonly string[]; api: ServedApi | undefined },
): Promise<void> {
  // Another name for this address means that a page elsewhere bent its own name to it (DNS rebinding).
  if (!hosts.includes(request.headers.host ?? ''))
    return end(response, 421, 'This is not the host you mean.');
  for (const [name, value] of securityHeaders(hosts)) response.setHeader(name, value);
  const { pathname } = new URL(request.url ?? '/', 'http://host');
  if (api?.isAt(pathname)) return await api.answer(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return end(response, 405, 'Only GET and HEAD.');
  }

  const file = await files.find(pathname, wantsPage(request));
  if (!file && api) return await api.answer(request, response);
  if (!file) return end(response, 404, 'There is no such file.');
  response.setHeader('etag', file.etag);
  response.setHeader('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === file.etag) return end(response, 304, null);
  response.setHeader('content-type', file.type);
  response.setHeader('content-length', file.bytes.byteLength);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : file.bytes);
}

/** A browser that goes to an address says so; programs say that they take anything, or JSON. */
const wantsPage = ({ headers }: IncomingMessage): boolean => /\btext\/html\b/i.test(headers.accept ?? '');

function end(response: ServerResponse, status: number, text: string | null): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (text !== null) response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.writeHead(status).end(text === null ? undefined : `${text}\n`);
}

function securityHeaders(hosts: readonly string[]): [string, string][] {
  const policy = [
    `default-src 'none'`,
    `script-src 'self'`,
    stylePolicy,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self' ${hosts.map((host) => `ws://${host}`).join(' ')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ];
  return [
    ['content-security-policy', policy.join('; ')],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
  ];
}

/** Open connections are cut: a browser would keep one for minutes. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
