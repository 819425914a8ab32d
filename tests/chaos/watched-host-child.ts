/** A host in a process of its own: it says where it is, tells what it holds when it is asked, and ends with its parent. */
import { setTimeout as delay } from 'node:timers/promises';
import { openHost } from '../../src/serve/open-host.ts';
import type { FromHost, Holding } from './watched-host.ts';

interface Settings {
  readonly dataDir: string;
  /** Pages to serve, and a WebSocket beside them; null: only the socket. */
  readonly pages: string | null;
}

const { dataDir, pages }: Settings = JSON.parse(process.argv[2] ?? '{}');
const tell = (message: FromHost) => process.send?.(message);

const host = await openHost({
  dataDir,
  name: 'chaos host',
  workers: 0,
  http: pages === null ? null : { port: 0, staticDir: pages },
  log: (line) => tell({ kind: 'complaint', line }),
});
const { socketPath: socket, url, token } = host;
if (socket === null) throw new Error('the host does not listen');

/** @returns what is left when the garbage is gone */
async function look(): Promise<Holding> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await delay(20);
  }
  const lines = process
    .getActiveResourcesInfo()
    .filter((name) => name === 'PipeWrap' || name === 'TCPSocketWrap').length;
  const { heapUsed, external, rss } = process.memoryUsage();
  const everywhere: string[] = [];
  for (const key in {}) everywhere.push(key);
  return { lines, heapBytes: heapUsed + external, residentBytes: rss, everywhere };
}

process.on('message', () => void look().then((holding) => tell({ kind: 'holding', holding })));
process.once('disconnect', () => void host.close().finally(() => process.exit()));
tell({ kind: 'ready', socket, url, token });
