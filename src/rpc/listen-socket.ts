/** Serves connections on a Unix socket that only its owner may open, or on a named pipe. */
import { chmod, lstat, unlink } from 'node:fs/promises';
import type { Server } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { CoordError } from '../core/error.ts';
import { OpenConnections } from './open-connections.ts';
import type { Connect, ServeOptions } from './serve-connection.ts';
import { socketChannel } from './socket-channel.ts';

export interface Listener {
  /** Tells each client that the host stops, and resolves when all lines are gone. */
  close(): Promise<void>;
}

/**
 * Listens at the path; a socket file that a dead host left there is replaced.
 * @throws CoordError `DATA_DIR_IN_USE` - a host answers there; `DATA_DIR_UNUSABLE` - the path can't be a socket
 */
export async function listenOnSocket(
  path: string,
  connect: Connect,
  options: ServeOptions = {},
): Promise<Listener> {
  const isPipe = path.startsWith('\\\\.\\pipe\\');
  if (!isPipe) await removeStaleSocket(path);
  const connections = new OpenConnections(connect, options);
  const server = createServer((socket) => connections.add(socketChannel(socket)));
  await listening(server, path);
  if (!isPipe) await chmod(path, 0o600);
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await connections.close();
      await closed;
    },
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new CoordError(
          'DATA_DIR_UNUSABLE',
          `The host can't listen at ${path} (${cause.message}); name another data directory`,
          { path },
          { cause },
        ),
      ),
    );
    server.listen(path, () => resolve());
  });
}

async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (!found) return;
  if (!found.isSocket()) {
    throw new CoordError(
      'DATA_DIR_UNUSABLE',
      `The host can't listen at ${path}: something that is not a socket is there; move it away`,
      { path },
    );
  }
  if (await answers(path)) {
    throw new CoordError('DATA_DIR_IN_USE', `Another host already answers at ${path}; stop it first`, {
      path,
    });
  }
  await unlink(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}
