/** A Redis of the benchmark's own: in a temporary folder, on a free port of the loopback, `appendonly everysec`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureDebianPackages } from '../../build/debian.ts';

export interface Redis {
  readonly port: number;
  stop(): Promise<void>;
}

/** @throws Error when it can't be installed or does not answer within 10 s */
export async function startRedis(folder: string): Promise<Redis> {
  await ensureDebianPackages(['redis-server']);
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', folder],
      ...[
        '--appendonly',
        'yes',
        '--appendfsync',
        'everysec',
        '--save',
        '',
        '--maxmemory-policy',
        'noeviction',
      ],
    ],
    { stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  await answering(port);
  return {
    port,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = createConnection(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) return;
    await pause(50);
  }
  throw new Error(`Redis does not answer on port ${port}`);
}
