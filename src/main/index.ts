/** The desktop app: a host, a window on it and a tray, set up in this order. */
import { app } from 'electron';
import type { Host } from '../serve/open-host.ts';
import { setupAppProtocol, setupAppScheme } from './app-protocol.ts';
import { setupCloseWindow } from './close-window.ts';
import { commandView, installCommand, uninstallCommand } from './command-desk.ts';
import { openFolder } from './data-folder.ts';
import type { DesktopHandlers } from './desktop-calls.ts';
import { setupDesktopCalls } from './desktop-calls.ts';
import { openYaml, saveFileAs } from './file-dialogs.ts';
import { setupHost } from './host.ts';
import { setupMenu } from './menu.ts';
import { setupNeedsYou } from './needs-you.ts';
import type { AppNotifications } from './notifications.ts';
import { setupPermissions } from './permissions.ts';
import { setupPorts } from './ports.ts';
import { setupQuit } from './quit.ts';
import { setupSingleInstance, setupStarts } from './single-instance.ts';
import { setStartAtLogin, startsAtLogin } from './start-at-login.ts';
import { reportStartFailure } from './start-failure.ts';
import { setupTray } from './tray.ts';
import type { Updates } from './updates.ts';
import { setupUpdates } from './updates.ts';
import { setupWebContentsLock } from './web-contents-lock.ts';
import { setupWindow } from './window.ts';

setupAppScheme();
setupWebContentsLock();
// A module of Electron's must not wait for `ready` before it has been evaluated, hence no top-level await.
if (setupSingleInstance()) app.whenReady().then(start).catch(reportStartFailure);

async function start(): Promise<void> {
  setupPermissions();
  await setupAppProtocol();
  const host = await setupHost();
  const ending = new AbortController();
  const window = setupWindow();
  setupMenu(window);
  const tray = setupTray(host, window);
  setupCloseWindow(tray !== null);
  const tellItFinishes = () => {
    tray?.tellItFinishes();
    window.tellItFinishes();
  };
  setupQuit(host, { window, ending, onFinishing: tellItFinishes });
  setupPorts(host);
  const updates = setupUpdates(async () => {
    ending.abort();
    await host.close();
  }, ending.signal);
  const notifications = setupNeedsYou(host, window, tray, ending.signal);
  setupDesktopCalls(answersOf(host, updates, notifications));
  setupStarts(host, window, { mayHide: tray !== null });
}

/** What the page may ask of the app. */
function answersOf({ dataDir }: Host, updates: Updates, notifications: AppNotifications): DesktopHandlers {
  const settings = async () => ({ startAtLogin: await startsAtLogin() });
  return {
    settings,
    setStartAtLogin: async ({ isOn }) => {
      await setStartAtLogin(isOn);
      return await settings();
    },
    notificationSettings: () => notifications.settings(),
    setNotifications: (next) => notifications.change(next),
    tryNotification: () => notifications.tryOne(),
    openDataFolder: async () => {
      await openFolder(dataDir);
      return null;
    },
    command: commandView,
    installCommand,
    removeCommand: uninstallCommand,
    saveFile: (call, window) => saveFileAs(window, call),
    openYaml: (_, window) => openYaml(window),
    updates: () => updates.view(),
    setUpdateFeed: ({ feed }) => updates.setFeed(feed),
    checkForUpdate: () => updates.check(),
    downloadUpdate: () => updates.download(),
    restartToUpdate: () => updates.restart(),
  };
}
