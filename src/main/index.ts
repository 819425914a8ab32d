/** The desktop app: a host and a window on it, set up in this order. */
import { app } from 'electron';
import { setupAppProtocol, setupAppScheme } from './app-protocol.ts';
import { setupHost } from './host.ts';
import { setupMenu } from './menu.ts';
import { setupPermissions } from './permissions.ts';
import { setupPorts } from './ports.ts';
import { setupQuit } from './quit.ts';
import { setupSingleInstance } from './single-instance.ts';
import { reportStartFailure } from './start-failure.ts';
import { setupWebContentsLock } from './web-contents-lock.ts';
import { setupWindow } from './window.ts';

setupAppScheme();
setupWebContentsLock();
// A module of Electron's must not wait for `ready` before it has been evaluated, hence no top-level await.
if (setupSingleInstance()) app.whenReady().then(start).catch(reportStartFailure);

async function start(): Promise<void> {
  setupMenu();
  setupPermissions();
  await setupAppProtocol();
  const host = await setupHost();
  setupQuit(host);
  setupPorts(host);
  setupWindow();
}
