/** The contract over a pair of MessagePorts, as between Electron's main process and its window. */
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { EmitterPort } from '../../src/rpc/client-port.ts';
import { mainPortChannel, portChannel } from '../../src/rpc/client-port.ts';
import { serveConnection } from '../../src/rpc/serve-connection.ts';
import { rpcContract } from './rpc-contract.ts';

rpcContract('MessagePort', async (connect, options) => async () => {
  const { port1, port2 } = new MessageChannel();
  serveConnection(portChannel(port1), connect, options);
  onTestFinished(() => port2.close());
  return portChannel(port2);
});

rpcContract('MessagePort with Node events on the host side', async (connect, options) => async () => {
  const { port1, port2 } = new MessageChannel();
  serveConnection(mainPortChannel(withNodeEvents(port1)), connect, options);
  onTestFinished(() => port2.close());
  return portChannel(port2);
});

/** Electron's `MessagePortMain` gives its listeners an event with `data`, where Node's port gives the data. */
function withNodeEvents(port: MessageChannel['port1']): EmitterPort {
  const events = new EventEmitter();
  port.on('message', (data) => events.emit('message', { data }));
  port.on('close', () => events.emit('close'));
  return {
    postMessage: (message) => port.postMessage(message),
    on: (type, listener) => events.on(type, listener),
    start: () => port.start(),
    close: () => port.close(),
  };
}
