/** The worker program: one OS process that acts for one agent, started and watched by its host. */
import { connectClient } from '../rpc/client.ts';
import { openSocketChannel } from '../rpc/socket-channel.ts';
import { findRunner } from '../runners/registry.ts';
import { takeSettings } from './settings.ts';
import { work } from './worker.ts';
import { openLog } from './worker-log.ts';

const log = openLog(process.stdout, () => new Date());

async function main(): Promise<void> {
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const settings = await takeSettings(process.env, process.stdin);
  const runner = findRunner(settings.runner.name);
  const host = connectClient(await openSocketChannel(settings.socket));
  await work({ host, lineGone: host.closed, settings, runner, stop: stop.signal, log });
  log('ended: nothing left to do');
  host.close();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log(`ended: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
