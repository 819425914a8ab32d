/** The window: sandboxed, isolated, without Node, with our bridge as its only door. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { pageAddress } from './app-address.ts';

/** The grounds of both themes, so that nothing flashes before the page has drawn. */
const grounds = { dark: '#060a14', light: '#f5f2ea' } as const;

export function setupWindow(): void {
  openWindow();
  // On macOS an app lives on without windows and opens one when its icon is clicked.
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
}

function openWindow(): void {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 880,
    minHeight: 560,
    title: 'AgentCoord',
    backgroundColor: nativeTheme.shouldUseDarkColors ? grounds.dark : grounds.light,
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.loadURL(pageAddress()).catch((error: unknown) => {
    process.stderr.write(`The window could not load its page: ${String(error)}\n`);
  });
}
