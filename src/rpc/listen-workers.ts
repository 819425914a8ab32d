/** Serves workers on other machines: a WebSocket that nobody gets without the token of a worker which is expected. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { CallName } from '../contract/rpc.ts';
import { maxFrameBytes } from '../contract/rpc.ts';
import type { Listener } from './listen-socket.ts';
import { refuseUpgrade } from './listen-websocket.ts';
import { OpenConnections } from './open-connections.ts';
import type { Connect, ServeOptions } from './serve-connection.ts';
import { webSocketChannel } from './websocket-channel.ts';

export interface WorkerListenOptions extends Omit<ServeOptions, 'calls'> {
  /** Where on the server. */
  readonly path: string;
  /** Whether a worker with that token is expected. */
  readonly isExpected: (token: string) => boolean;
}

/** What a worker does; nothing else is answered here. */
const workerCalls: ReadonlySet<CallName> = new Set<CallName>([
  'hello',
  'takeHandover',
  'command',
  'query',
  'putArtifact',
  'listFiles',
  'readFile',
  'writeFile',
  'mergeFiles',
  'openTree',
  'commitTree',
  'follow',
  'unfollow',
]);

/**
 * Takes over the upgrades of the server. The token stands in a header, so whoever has none gets no further than that: no
 * frame of theirs is ever read.
 */
export function listenForWorkers(
  server: Server,
  connect: Connect,
  { path, isExpected, ...options }: WorkerListenOptions,
): Listener {
  const connections = new OpenConnections(connect, { ...options, calls: workerCalls });
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxFrameBytes,
  });

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const token = bearerOf(request);
    if (request.url !== path) {
      refuseUpgrade(stream, '404 Not Found', 'There is nothing here');
    } else if (request.headers.origin !== undefined) {
      refuseUpgrade(stream, '403 Forbidden', 'Refused: this is no place for pages');
    } else if (token === null || !isExpected(token)) {
      refuseUpgrade(stream, '401 Unauthorized', 'Refused: no worker with this token is expected');
    } else {
      sockets.handleUpgrade(request, stream, head, (socket) => connections.add(webSocketChannel(socket)));
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

function bearerOf({ headers: { authorization } }: IncomingMessage): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(authorization ?? '')?.[1] ?? null;
}
