/** A channel over the browser's own WebSocket. */
import { CoordError } from '../core/error.ts';
import type { Channel } from './channel.ts';
import { badFrame } from './channel.ts';

/** What a WebSocket of the browser, of Node and of `ws` have in common. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const openState = 1;

/**
 * Opens a WebSocket, such as `ws://127.0.0.1:4410/rpc`.
 * @throws CoordError `NOT_CONNECTED` - nobody answers there, or the host refuses this page
 */
export function openWebSocketChannel(url: string): Promise<Channel> {
  const socket: WebSocketLike = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(clientWebSocketChannel(socket)));
    socket.addEventListener('close', () =>
      reject(new CoordError('NOT_CONNECTED', `No host answers at ${url}; start one with "agentcoord serve"`)),
    );
  });
}

/** A channel over a socket that is open. */
export function clientWebSocketChannel(socket: WebSocketLike): Channel {
  return {
    send: (text) => {
      if (socket.readyState === openState) socket.send(text);
    },
    receive: ({ text, failed, closed }) => {
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') text(data);
        else failed(badFrame('Refused a frame: it is binary, and this line carries text'));
      });
      socket.addEventListener('close', closed);
    },
    backlog: () => socket.bufferedAmount,
    close: () => socket.close(),
  };
}
