/** Serves connections on a WebSocket beside the pages of an http server, to this machine's own pages only. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { maxFrameBytes } from '../contract/rpc.ts';
import type { Listener } from './listen-socket.ts';
import { OpenConnections } from './open-connections.ts';
import type { Connect, ServeOptions } from './serve-connection.ts';
import { webSocketChannel } from './websocket-channel.ts';

export interface WebSocketListenOptions extends ServeOptions {
  /** Where on the server; default `/rpc`. */
  readonly path?: string;
  /** Host names, beside the loopback ones, by which clients may call this host. */
  readonly hostNames?: readonly string[];
}

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a request may come in. A page of another site that points its own name at this machine (DNS rebinding)
 * shows that name in `Host`; a page of another site that calls ours shows its own in `Origin`.
 * Programs that are not browsers send no `Origin`; like everybody they need a token.
 */
export function isTrustedRequest(
  headers: Pick<IncomingMessage['headers'], 'host' | 'origin'>,
  hostNames: readonly string[] = [],
): boolean {
  const { host, origin } = headers;
  if (host === undefined) return false;
  const name = hostNameOf(`http://${host}`);
  if (name === null || ![...loopbackNames, ...hostNames].includes(name)) return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

/** Takes over the upgrades of the server at the path; refuses those elsewhere. The token comes in the first call. */
export function listenOnWebSocket(
  server: Server,
  connect: Connect,
  { path = '/rpc', hostNames = [], ...options }: WebSocketListenOptions = {},
): Listener {
  const connections = new OpenConnections(connect, options);
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  });

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (request.url !== path) {
      refuseUpgrade(stream, '404 Not Found', `There is no WebSocket here, only at ${path}`);
    } else if (isTrustedRequest(request.headers, hostNames)) {
      sockets.handleUpgrade(request, stream, head, (socket) => connections.add(webSocketChannel(socket)));
    } else {
      refuseUpgrade(
        stream,
        '403 Forbidden',
        'Refused: the page or the host name is not one that is served here',
      );
    }
  }

  server.on('upgrade', upgrade);
  return {
    close: async () => {
      server.off('upgrade', upgrade);
      await connections.close();
      sockets.close();
    },
  };
}

/** Says why and closes the line. */
export function refuseUpgrade(stream: Duplex, status: string, words: string): void {
  stream.on('error', () => undefined);
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(words)}\r\n\r\n${words}`,
  );
}

function hostNameOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}
