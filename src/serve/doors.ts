/** Where clients come in: the socket for programs, and http with its WebSocket for browsers. */
import { listenOnSocket } from '../rpc/listen-socket.ts';
import { listenOnWebSocket } from '../rpc/listen-websocket.ts';
import type { Connect } from '../rpc/serve-connection.ts';
import { Closers } from './closers.ts';
import type { HttpOptions, ServedApi } from './http-server.ts';
import { openHttpServer } from './http-server.ts';
import { socketPathFor } from './socket-path.ts';

export interface DoorsOptions {
  readonly dataDir: string;
  /** Null: no UI. */
  readonly http: HttpOptions | null;
  /** Is opened with the UI, and closed with it. */
  readonly openApi?: () => Promise<ServedApi & { close(): void }>;
  readonly connect: Connect;
  readonly onFault: (error: unknown) => void;
}

export interface Doors {
  /** Null: nobody can come in. */
  readonly socketPath: string | null;
  readonly url: string | null;
  close(): Promise<void>;
}

export const noDoors: Doors = { socketPath: null, url: null, close: async () => undefined };

/** @throws CoordError `DATA_DIR_UNUSABLE` (no socket can be made), `NOT_FOUND` (no UI), `IN_USE` (the port) */
export async function openDoors({ dataDir, http, openApi, connect, onFault }: DoorsOptions): Promise<Doors> {
  const closers = new Closers();
  try {
    const socketPath = await socketPathFor(dataDir);
    const socket = await listenOnSocket(socketPath, connect, { onFault });
    closers.add(() => socket.close());
    const url = http && (await openWeb(http, { openApi, connect, onFault }, closers));
    return { socketPath, url, close: () => closers.close() };
  } catch (error) {
    await closers.close().catch(onFault);
    throw error;
  }
}

async function openWeb(
  options: HttpOptions,
  {
    openApi,
    connect,
    onFault,
  }: Pick<DoorsOptions, 'connect' | 'onFault'> & { openApi: DoorsOptions['openApi'] },
  closers: Closers,
): Promise<string> {
  const api = await openApi?.();
  if (api) closers.add(() => api.close());
  const web = await openHttpServer(options, api);
  closers.add(() => web.close());
  const listener = listenOnWebSocket(web.server, connect, { onFault });
  closers.add(() => listener.close());
  return web.origin;
}
