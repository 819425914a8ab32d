/** A connection of the owner to the host that serves a data directory. */
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { readHostFile } from '../../src/serve/host-file.ts';

/** @param company its name or id */
export async function connectOwner(dataDir: string, company: string): Promise<ClientConnection> {
  const host = await readHostFile(dataDir);
  if (!host) throw new Error(`no host serves ${dataDir}`);
  const client = connectClient(await openSocketChannel(host.socket));
  await client.hello({ version: rpcVersion, token: host.token, company, client: 'test' });
  return client;
}
