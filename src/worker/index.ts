/** The worker program: one OS process that acts for one agent, started and watched by its host. */
import nodeModule from 'node:module';
import { parseHostAddress } from '../contract/host-address.ts';
import type { Channel } from '../rpc/channel.ts';
import { connectClient } from '../rpc/client.ts';
import { openSocketChannel } from '../rpc/socket-channel.ts';
import { openNodeWebSocketChannel } from '../rpc/websocket-channel.ts';
import { findRunner } from '../runners/registry.ts';
import type { WorkerSettings } from './settings.ts';
import { takeSettings } from './settings.ts';
import { work } from './worker.ts';
import { openLog } from './worker-log.ts';

const log = openLog(process.stdout, () => new Date());

async function main(): Promise<void> {
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const settings = await takeSettings(process.env, process.stdin);
  const [runner, channel] = await Promise.all([findRunner(settings.runner.name), channelTo(settings)]);
  const host = connectClient(channel);
  keepCompiled();
  await work({ host, lineGone: host.closed, settings, runner, stop: stop.signal, log });
  log('ended: nothing left to do');
  host.close();
}

function channelTo({ socket, hostUrl, token }: WorkerSettings): Promise<Channel> {
  if (hostUrl !== undefined) return openNodeWebSocketChannel(parseHostAddress(hostUrl), token);
  return openSocketChannel(socket ?? '');
}

/** What was compiled is kept once the start is over, not only at the end: the next worker finds it. */
function keepCompiled(): void {
  setTimeout(() => nodeModule.flushCompileCache?.(), 2_000).unref();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log(`ended: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
