/** What a host takes for a fault of its own, and puts in its log. */
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Coordination, Hello } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { connectClient } from '../../src/rpc/client.ts';
import { listenOnSocket } from '../../src/rpc/listen-socket.ts';
import { openSocketChannel } from '../../src/rpc/socket-channel.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A client that has said hello, of a host whose only call goes as given. */
async function openClient(companies: (ended: AbortSignal) => Promise<never>) {
  const file = path.join(await temporaryFolder(), 'rpc.sock');
  const faults: unknown[] = [];
  const connect = (ended: AbortSignal): Pick<Coordination, 'hello' | 'companies'> => ({
    hello: async () => ({}) as Hello,
    companies: () => companies(ended),
  });
  const listener = await listenOnSocket(file, (ended) => connect(ended) as Coordination, {
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(() => listener.close());
  const client = connectClient(await openSocketChannel(file));
  await client.hello({ version: rpcVersion, token: 'any', client: 'test' });
  return { client, faults };
}

it('is not a call that ended because its line did', async () => {
  const ends: Promise<unknown>[] = [];
  const { client, faults } = await openClient(async (ended) => {
    const aborted = once(ended, 'abort');
    ends.push(aborted);
    await aborted;
    throw ended.reason;
  });
  const call = client.companies();
  call.catch(() => undefined);
  while (ends.length === 0) await delay(5);
  client.close();
  await expect(call).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  await Promise.all(ends);
  await delay(20);
  expect(faults).toEqual([]);
});

it('is what nobody foresaw, and its caller is told', async () => {
  const broken = new TypeError('broken');
  const { client, faults } = await openClient(() => Promise.reject(broken));
  await expect(client.companies()).rejects.toMatchObject({
    code: 'INTERNAL',
    message: expect.stringContaining('broken'),
  });
  expect(faults).toEqual([broken]);
});
