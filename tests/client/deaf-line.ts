/** A socket between a script and its host that can swallow what the host answers, and break off. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { readHostFile } from '../../src/serve/host-file.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface DeafLine {
  /** How to connect through it. */
  readonly address: { readonly socket: string; readonly token: string };
  /** From now on the host's answers are lost. */
  deafen(): void;
  /** Resolves when somebody comes through it anew. */
  tried(): Promise<void>;
  /** Ends what goes through it; a later connection hears again. */
  breakOff(): void;
}

export async function openDeafLine(dataDir: string): Promise<DeafLine> {
  const file = await readHostFile(dataDir);
  if (!file) throw new Error('the host did not announce itself');
  const sockets = new Set<Socket>();
  let isDeaf = false;
  const server = createServer((client) => {
    const host = connect(file.socket);
    for (const [one, other] of [
      [client, host],
      [host, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    client.pipe(host);
    client.once('data', () => server.emit('tried'));
    host.on('data', (bytes) => {
      if (!isDeaf) client.write(bytes);
    });
  });
  const socket = path.join(await temporaryFolder(), 'line');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const breakOff = () => {
    isDeaf = false;
    for (const open of sockets) open.destroy();
  };
  onTestFinished(() => {
    breakOff();
    server.close();
  });
  return {
    address: { socket, token: file.token },
    deafen: () => {
      isDeaf = true;
    },
    tried: async () => {
      await once(server, 'tried');
    },
    breakOff,
  };
}
