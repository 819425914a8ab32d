/** A real host in a process of its own that tells what it holds, for chaos tests that load it and see what it is left with. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ConnectOptions, Session } from '../../src/client/index.ts';
import { connect } from '../../src/client/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** What a host has in its hands, once its garbage is collected. */
export interface Holding {
  /** Open sockets and pipes, the one to its parent and those that listen included. */
  readonly lines: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** What every object of it seems to have: nothing, unless somebody got at the prototype of all of them. */
  readonly everywhere: readonly string[];
}

interface Address {
  readonly socket: string;
  /** Null: it serves no pages, and no WebSocket. */
  readonly url: string | null;
  /** The owner's. */
  readonly token: string;
}

export type FromHost =
  | ({ readonly kind: 'ready' } & Address)
  | { readonly kind: 'holding'; readonly holding: Holding }
  | { readonly kind: 'complaint'; readonly line: string };

export interface WatchedHost extends Address {
  readonly dataDir: string;
  /** Lines of its log: faults of its own, for refusals are none. */
  readonly complaints: readonly string[];
  /** A session by the socket, closed with the test. */
  connect(options?: ConnectOptions): Promise<Session>;
  look(): Promise<Holding>;
  /** Closes it. @throws when it has ended by itself, or ends badly */
  end(): Promise<void>;
}

/** @param web whether it serves a page, with the WebSocket beside it */
export async function startWatchedHost({ web = false } = {}): Promise<WatchedHost> {
  const folder = await temporaryFolder();
  const dataDir = path.join(folder, 'data');
  const pages = web ? await aPage(path.join(folder, 'pages')) : null;
  const program = path.join(import.meta.dirname, 'watched-host-child.ts');
  const child = fork(program, [JSON.stringify({ dataDir, pages })], { execArgv: ['--expose-gc'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await exited;
  });
  const complaints: string[] = [];
  const looking: ((holding: Holding) => void)[] = [];
  const address = await new Promise<Address>((resolve, reject) => {
    void exited.then(() => reject(new Error('the host ended before it was ready')));
    child.on('message', (message: FromHost) => {
      if (message.kind === 'ready') resolve(message);
      else if (message.kind === 'holding') looking.shift()?.(message.holding);
      else complaints.push(message.line);
    });
  });
  return {
    ...address,
    dataDir,
    complaints,
    connect: async (options = {}) => {
      const session = await connect({ socket: address.socket, token: address.token, ...options });
      onTestFinished(() => session.close());
      return session;
    },
    look: () =>
      new Promise((resolve, reject) => {
        looking.push(resolve);
        void exited.then(() => reject(new Error('the host has ended')));
        child.send('look');
      }),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the host had ended with ${child.exitCode ?? child.signalCode}`);
      child.disconnect();
      const [code] = await exited;
      if (code !== 0) throw new Error(`the host ended with ${code}`);
    },
  };
}

async function aPage(folder: string): Promise<string> {
  await mkdir(folder);
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Chaos</title>');
  return folder;
}
