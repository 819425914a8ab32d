/** What a program of a chaos test is told at its start, and its connection to the host. */
import { once } from 'node:events';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';

interface Given {
  readonly socket: string;
  readonly token: string;
}

export const given = <Settings>(): Settings & Given => JSON.parse(process.argv[2] ?? '{}');

export async function greet({ socket, token }: Given): Promise<ClientConnection> {
  const connection = connectClient(await openSocketChannel(socket));
  await connection.hello({ version: rpcVersion, token, client: 'chaos' });
  return connection;
}

/** Aborts when the test wants the program to finish. */
export function toldToFinish(): AbortSignal {
  const finish = new AbortController();
  process.stdin.resume();
  void once(process.stdin, 'end').then(() => finish.abort());
  return finish.signal;
}
