/** The desktop app: a host, a window on it and a tray, set up in this order. */
import { app } from 'electron';
import { setupAppProtocol, setupAppScheme } from './app-protocol.ts';
import { setupHost } from './host.ts';
import { setupMenu } from './menu.ts';
import { setupNeedsYou } from './needs-you.ts';
import { setupPermissions } from './permissions.ts';
import { setupPorts } from './ports.ts';
import { setupQuit } from './quit.ts';
import { setupSingleInstance, setupStarts } from './single-instance.ts';
import { reportStartFailure } from './start-failure.ts';
import { setupTray } from './tray.ts';
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
  const ending = new AbortController();
  const window = setupWindow();
  const tray = setupTray(host, window);
  setupQuit(host, { livesWithoutWindow: tray !== null, ending });
  setupPorts(host);
  setupStarts(window);
  setupNeedsYou(host, window, tray, ending.signal);
}
