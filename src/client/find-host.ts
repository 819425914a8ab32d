/** Finds the host that a script means, and opens a line to it. */
import { resolve } from 'node:path';
import { CoordError } from '../core/error.ts';
import type { Channel } from '../rpc/channel.ts';
import { openWebSocketChannel } from '../rpc/client-websocket.ts';
import { openSocketChannel } from '../rpc/socket-channel.ts';
import { defaultDataDir } from '../serve/data-directory.ts';
import { readHostFile } from '../serve/host-file.ts';

/** One of the three; with none of them the data directory of this person. */
export interface HostAddress {
  /** The folder that the host serves: where it listens and its token are found there. */
  readonly dataDir?: string;
  /** As `agentcoord serve` prints it; the token may stand behind its `#`. */
  readonly url?: string;
  /** Path of the Unix socket, or name of the pipe. */
  readonly socket?: string;
  /** Needed with `socket`, and with a `url` that has none. */
  readonly token?: string;
}

export interface FoundHost {
  readonly token: string;
  open(): Promise<Channel>;
}

/**
 * Looks anew at each call: a host that was started again has another token.
 * @throws CoordError `NOT_CONNECTED` - no host runs there; `BAD_INPUT` - the address lacks its token
 */
export async function findHost({ dataDir, url, socket, token }: HostAddress): Promise<FoundHost> {
  if (url !== undefined) return hostAt(url, token);
  if (socket !== undefined) {
    if (token === undefined) throw noToken('socket');
    return { token, open: () => openSocketChannel(socket) };
  }
  const folder = resolve(dataDir ?? defaultDataDir());
  const host = await readHostFile(folder);
  if (!host) throw noHost(folder);
  return {
    token: host.token,
    open: () =>
      openSocketChannel(host.socket).catch((cause: unknown) => {
        throw noHost(folder, cause);
      }),
  };
}

function hostAt(url: string, given: string | undefined): FoundHost {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    throw new CoordError(
      'BAD_INPUT',
      `“${url}” is no address of a host; it looks like http://127.0.0.1:4170`,
    );
  }
  const token = given ?? new URLSearchParams(address.hash.slice(1)).get('token');
  if (token === null) throw noToken('url');
  address.protocol = address.protocol.replace('http', 'ws');
  address.hash = '';
  if (address.pathname === '/') address.pathname = '/rpc';
  return { token, open: () => openWebSocketChannel(address.href) };
}

function noHost(dataDir: string, cause?: unknown): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    `No host runs for ${dataDir}. Start one with "agentcoord serve --data-dir ${dataDir}", or open the app`,
    { dataDir },
    { cause },
  );
}

function noToken(kind: 'socket' | 'url'): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `A host was named by its ${kind} alone: give the token that it printed, too`,
  );
}
