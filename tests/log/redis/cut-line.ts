/** A line to a server that a test can cut, or let hang, as networks do. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface CutLine {
  readonly port: number;
  /** Ends every connection, and refuses new ones. */
  cut(): void;
  /** Takes connections and bytes, and passes nothing on. */
  hang(): void;
  /** Passes on what is asked, and nothing of what is answered. */
  holdAnswers(): void;
  /** Keeps what is sent for a while, then cuts; what it kept arrives later still, after whatever the other side did next. */
  deliverLate(): Promise<void>;
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
    holdAnswers: () => {
      for (const [, far] of pairs) far.pause();
    },
    deliverLate: async () => {
      const kept = [...pairs].map((pair) => {
        const [near, far] = pair;
        pairs.delete(pair);
        const pieces: Buffer[] = [];
        near.unpipe(far);
        near.on('data', (piece: Buffer) => pieces.push(piece)).resume();
        return { near, far, pieces };
      });
      await pause(100);
      for (const { near, far } of kept) {
        // It outlives the one who wrote into it.
        far.unpipe(near);
        near.removeAllListeners('close').destroy();
      }
      await pause(600);
      for (const { far, pieces } of kept) {
        far.resume();
        if (!far.destroyed) far.end(Buffer.concat(pieces));
      }
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
