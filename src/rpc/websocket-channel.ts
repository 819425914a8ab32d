/** A channel over a WebSocket of `ws`, for a host and for clients that are not browsers. */
import { WebSocket } from 'ws';
import { maxFrameBytes } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { Channel } from './channel.ts';
import { badFrame, closeGraceMs } from './channel.ts';

/**
 * Connects to a host's WebSocket, such as `ws://127.0.0.1:4410/rpc`.
 * @param token shown in the request itself, where the host lets nobody in without one
 * @throws CoordError `NOT_CONNECTED` - nobody answers there, or the host refuses
 */
export function openNodeWebSocketChannel(url: string, token: string | null = null): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      maxPayload: maxFrameBytes,
      handshakeTimeout: 20_000,
      ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
    });
    socket.once('open', () => resolve(webSocketChannel(socket)));
    socket.once('error', (cause) =>
      reject(
        new CoordError('NOT_CONNECTED', `No host answers at ${url} (${cause.message})`, { url }, { cause }),
      ),
    );
  });
}

/** A channel over a socket that is open. */
export function webSocketChannel(socket: WebSocket): Channel {
  let closing = false;
  return {
    send: (text) => {
      if (!closing && socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    receive: ({ text, failed, closed }) => {
      socket.on('message', (data, isBinary) => {
        if (closing) return;
        if (isBinary) failed(badFrame('Refused a frame: it is binary, and this line carries text'));
        else text(String(data));
      });
      // `ws` has closed the line by then, with the close code of the fault.
      socket.on('error', (error) => failed(badFrame(`Refused a frame: ${error.message}`)));
      socket.on('close', closed);
    },
    backlog: () => socket.bufferedAmount,
    close: () => {
      if (closing) return;
      closing = true;
      socket.close();
      setTimeout(() => socket.terminate(), closeGraceMs).unref();
    },
  };
}
