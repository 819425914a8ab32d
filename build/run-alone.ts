/** Lets one process or thread of this machine at a time do a piece of preparation. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const retryMs = 200;

/**
 * Waits until nobody else runs work under `name`, then runs it.
 * The lock is a name in Linux's abstract socket space, so it ends with its holder, even a killed one;
 * elsewhere it is a named pipe (Windows) or none (macOS, where nothing is prepared).
 */
export async function runAlone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const address = lockAddress(name);
  if (address === undefined) return await work();
  const lock = await takeLock(address);
  try {
    return await work();
  } finally {
    lock.close();
  }
}

function lockAddress(name: string): string | undefined {
  // Hashed, because a socket name has room for about 100 bytes and `name` may be a long path.
  const key = `agentcoord-build-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  switch (process.platform) {
    case 'linux':
      return `\0${key}`;
    case 'win32':
      return `\\\\.\\pipe\\${key}`;
    default:
      return undefined;
  }
}

async function takeLock(address: string): Promise<Server> {
  for (;;) {
    const server = createServer();
    try {
      server.listen(address);
      await once(server, 'listening');
      server.unref();
      return server;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      await pause(retryMs);
    }
  }
}
