/** Serves MCP over streamable HTTP on this machine: only to its own names, and to whoever has the token. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { CoordError } from '../../core/error.ts';
import { largestMessage } from '../limits.ts';
import { bearsToken } from './bearer.ts';
import { LegacySessions } from './legacy-sessions.ts';

const loopback = '127.0.0.1';
const path = '/mcp';

export interface HttpDoorOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Null: nothing behind the door is worth one. */
  readonly token: string | null;
  readonly createServer: McpServerFactory;
  readonly onFault: (error: Error) => void;
}

export interface HttpDoor {
  /** `http://127.0.0.1:4180/mcp` */
  readonly url: string;
  /** Requests that are being answered, open streams among them. */
  readonly busy: number;
  /** When the last request came, by `performance.now()`. */
  readonly lastRequestAt: number;
  close(): Promise<void>;
}

/** @throws CoordError `IN_USE` - the port is taken */
export async function openHttpDoor({
  port,
  token,
  createServer: create,
  onFault,
}: HttpDoorOptions): Promise<HttpDoor> {
  const legacy = new LegacySessions(create);
  const modern = createMcpHandler(create, {
    legacy: 'reject',
    maxRequestBodySize: largestMessage,
    onerror: onFault,
  });
  const limit = { maxRequestBodySize: largestMessage };
  const serve = toNodeHandler(
    {
      fetch: async (request) =>
        (await isLegacyRequest(request, undefined, limit)) ? legacy.fetch(request) : modern.fetch(request),
    },
    { ...limit, onerror: onFault },
  );
  const isOurName = localhostHostValidation();
  const isOurPage = localhostOriginValidation();
  let busy = 0;
  let lastRequestAt = performance.now();

  const server = createServer((request, response) => {
    if (!isOurName(request, response) || !isOurPage(request, response)) return;
    if (new URL(request.url ?? '/', 'http://host').pathname !== path)
      return refuse(response, 404, 'Not found');
    if (token !== null && !bearsToken(request, token)) return refuseStranger(request, response);
    busy += 1;
    lastRequestAt = performance.now();
    response.once('close', () => {
      busy -= 1;
      lastRequestAt = performance.now();
    });
    // Node's types say of what may be missing that it may be undefined; the adapter means the same.
    serve(request as NodeIncomingMessageLike, response).catch(onFault);
  });
  try {
    server.listen(port, loopback);
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CoordError('IN_USE', `Port ${port} of this machine is taken. Name another one with --port`, {
      port,
    });
  }
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${bound}${path}`,
    get busy() {
      return busy;
    },
    get lastRequestAt() {
      return lastRequestAt;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await Promise.allSettled([legacy.close(), modern.close()]);
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuseStranger({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('www-authenticate', 'Bearer');
  const why =
    headers.authorization === undefined ? 'A bearer token is needed' : 'This is not the bearer token';
  refuse(response, 401, `${why}: the server printed it when it started, or took it from its environment`);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }));
}
