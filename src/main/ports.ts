/** Hands our page a port to the host when it asks for one, and the owner's token with it. */
import type { IpcMainEvent } from 'electron';
import { ipcMain, MessageChannelMain } from 'electron';
import { portMessageName } from '../contract/desktop-bridge.ts';
import { mainPortChannel } from '../rpc/client-port.ts';
import { serveConnection } from '../rpc/serve-connection.ts';
import type { Host } from '../serve/open-host.ts';
import { isFromOwnPage } from './app-address.ts';

export function setupPorts(host: Host): void {
  ipcMain.on(portMessageName, (event: IpcMainEvent) => {
    const frame = event.senderFrame;
    if (!frame || !isFromOwnPage(event)) return;
    const { port1, port2 } = new MessageChannelMain();
    serveConnection(mainPortChannel(port1), (ended) => host.connect(ended), {
      onFault: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
    });
    frame.postMessage(portMessageName, host.token, [port2]);
  });
}
