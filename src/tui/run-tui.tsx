/** Opens the dashboard on this terminal; it ends when the person quits. */
import { render } from 'ink';
import { findHost } from '../client/find-host.ts';
import { connectClient } from '../rpc/client.ts';
import { Connection } from '../rpc/client-company.ts';
import { App } from './app/app.tsx';
import { colourDepth, inkFor } from './text/ink.ts';

export interface TuiOptions {
  readonly dataDir: string;
  /** Id or name; null: the only one, or it is asked for. */
  readonly company: string | null;
  /** For a screen reader. */
  readonly plain: boolean;
  /** This program is the host. */
  readonly runsHost: boolean;
  /** Ends it as a key would. */
  readonly signal: AbortSignal;
}

/** Between two frames, in ms. */
const frameMs = 50;

export async function runTui({ dataDir, company, plain, runsHost, signal }: TuiOptions): Promise<void> {
  let kept = company;
  const connection = new Connection({
    openLine: async () => {
      const host = await findHost({ dataDir });
      return { client: connectClient(await host.open()), token: host.token };
    },
    client: 'dashboard',
    soon: (draw) => void setTimeout(draw, frameMs),
    kept: {
      read: () => kept,
      write: (id) => {
        kept = id;
      },
    },
  });
  await connection.connect();
  const ink = inkFor(plain ? 0 : colourDepth(process.stdout));
  const app = render(<App connection={connection} settings={{ ink, isPlain: plain, runsHost }} />, {
    alternateScreen: !plain,
    incrementalRendering: !plain,
    isScreenReaderEnabled: plain,
    exitOnCtrlC: false,
    patchConsole: true,
    interactive: true,
  });
  signal.addEventListener('abort', () => app.unmount(), { once: true });
  try {
    await app.waitUntilExit();
  } finally {
    connection.close();
  }
}
