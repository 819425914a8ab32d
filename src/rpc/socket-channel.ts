/** A channel over a Unix socket or a named pipe, for both ends. */
import type { Socket } from 'node:net';
import { createConnection } from 'node:net';
import { CoordError } from '../core/error.ts';
import type { Channel } from './channel.ts';
import { badFrame, closeGraceMs } from './channel.ts';
import { FrameReader, frameBytes } from './frame-reader.ts';

/**
 * Connects to a host's socket.
 * @throws CoordError `NOT_CONNECTED` - there is none, or it does not answer
 */
export function openSocketChannel(path: string): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const refuse = (cause: Error) =>
      reject(
        new CoordError(
          'NOT_CONNECTED',
          `No host answers at ${path} (${cause.message}); start one with "agentcoord serve"`,
          { path },
          { cause },
        ),
      );
    socket.once('error', refuse);
    socket.once('connect', () => {
      socket.off('error', refuse);
      resolve(socketChannel(socket));
    });
  });
}

/** A channel over a socket that is connected. */
export function socketChannel(socket: Socket): Channel {
  const reader = new FrameReader();
  let closing = false;
  let corked = false;
  // What goes wrong on the line ends it, and `close` follows.
  socket.on('error', () => undefined);

  /** What is sent in one turn leaves in one write: each costs a call of the system and wakes the other side. */
  function corkForThisTurn(): void {
    if (corked) return;
    corked = true;
    socket.cork();
    process.nextTick(() => {
      corked = false;
      socket.uncork();
    });
  }

  return {
    send: (text) => {
      if (closing || !socket.writable) return;
      corkForThisTurn();
      socket.write(frameBytes(text));
    },
    receive: ({ text, failed, closed }) => {
      socket.on('data', (chunk) => {
        if (closing) return;
        try {
          for (const frame of reader.read(chunk)) {
            text(frame);
            if (closing) return;
          }
        } catch (error) {
          failed(error instanceof CoordError ? error : badFrame(`Refused a frame: ${String(error)}`));
        }
      });
      socket.on('end', () => {
        if (!closing && reader.isInsideFrame) failed(badFrame('The line ended in the middle of a frame'));
      });
      socket.on('close', closed);
    },
    backlog: () => socket.writableLength,
    close: () => {
      if (closing) return;
      closing = true;
      // What still comes is thrown away; a line cut with bytes unread could lose our last word.
      socket.resume();
      socket.end();
      setTimeout(() => socket.destroy(), closeGraceMs).unref();
    },
  };
}
