/** A line to a server that a test can cut, or let hang, as networks do. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

export interface CutLine {
  readonly port: number;
  /** Ends every connection, and refuses new ones. */
  cut(): void;
  /** Takes connections and bytes, and passes nothing on. */
  hang(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cutLineTo(port: number): Promise<CutLine> {
  let state: 'open' | 'cut' | 'hanging' = 'open';
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
    if (state === 'hanging') for (const socket of pair) socket.pause();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  const endAll = () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    cut: () => {
      state = 'cut';
      endAll();
    },
    hang: () => {
      state = 'hanging';
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    mend: () => {
      state = 'open';
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    close: async () => {
      endAll();
      server.close();
      await once(server, 'close');
    },
  };
}
