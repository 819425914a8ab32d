/** The host as people run it, `agentcoord serve`, in a process of its own that a test may kill at any moment. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { readHostFile } from '../../src/serve/host-file.ts';
import { startAgentcoord } from '../cli/run-agentcoord.ts';

export interface ServedHost {
  readonly child: ChildProcess;
  /** What it said to people so far: faults, companies that stay closed. */
  readonly said: () => string;
  /** Resolves when clients may come. @throws when it ended before, with what it said */
  readonly ready: Promise<void>;
  /** Resolves when it is gone; SIGTERM lets it close in order. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts no workers and no UI: what is under fire is the log. */
export function startHost(dataDir: string, env: Readonly<Record<string, string>> = {}): ServedHost {
  const args = ['serve', '--data-dir', dataDir, '--no-http', '--workers', '0', '--json'];
  const child = startAgentcoord(args, { env });
  const exited = once(child, 'exit');
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const host: ServedHost = {
    child,
    said: () => said,
    ready: untilReady(child, exited, () => said),
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
  // Whoever kills it while it starts does not ask whether it came up.
  host.ready.catch(() => undefined);
  onTestFinished(() => host.end('SIGKILL'));
  return host;
}

/** It prints one document: where it listens, or why it does not start. */
async function untilReady(
  { stdout }: ChildProcess,
  exited: Promise<unknown>,
  said: () => string,
): Promise<void> {
  const printed = new Promise<boolean>((resolve) => {
    let text = '';
    const read = (chunk: string) => {
      text += chunk;
      if (!text.endsWith('}\n')) return;
      stdout?.off('data', read);
      stdout?.resume();
      resolve('socket' in JSON.parse(text));
    };
    stdout?.setEncoding('utf8').on('data', read);
  });
  const isReady = await Promise.race([printed, exited.then(() => false)]);
  if (isReady) return;
  await exited;
  throw new Error(`the host did not start: ${said()}`);
}

/** The owner's session, bound to the only company when there is one. */
export async function connectOwner(dataDir: string): Promise<ClientConnection> {
  const host = await readHostFile(dataDir);
  if (!host) throw new Error(`no host listens for ${dataDir}`);
  const connection = connectClient(await openSocketChannel(host.socket));
  await connection.hello({ version: rpcVersion, token: host.token, client: 'chaos' });
  return connection;
}
