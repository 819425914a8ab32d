/** The window: sandboxed, isolated, without Node, with our bridge as its only door. It comes back where it was. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Place } from '../contract/desktop-bridge.ts';
import { companyParameter, goMessageName } from '../contract/desktop-bridge.ts';
import { pageAddress } from './app-address.ts';
import { PageKeeper } from './page-keeper.ts';
import { isInReach, keepPlace, readPlace } from './window-place.ts';

/** The grounds of both themes, so that nothing flashes before the page has drawn. */
const grounds = { dark: '#060a14', light: '#f5f2ea' } as const;
const keptAfterMs = 400;

export interface AppWindow {
  /** Opens the window or brings it to the front, at a place of the page; null: where it is. */
  show(place: Place | null): void;
  /** From now on its title says that the app ends once the work in hand is done. */
  tellItFinishes(): void;
}

export function setupWindow(): AppWindow {
  let window: BrowserWindow | null = null;
  let title = 'AgentCoord';
  const show = (place: Place | null) => {
    if (!window || window.isDestroyed()) {
      window = openWindow(place);
      // The page has no say in it.
      window.on('page-title-updated', (event) => event.preventDefault());
      window.setTitle(title);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (!place) return;
    const { path, companyId } = place;
    if (window.webContents.isCrashed()) load(window, place);
    else window.webContents.send(goMessageName, { path, companyId } satisfies Place);
  };
  // On macOS an app lives on without windows and opens one when its icon is clicked.
  app.on('activate', () => show(null));
  return {
    show,
    tellItFinishes: () => {
      title = 'AgentCoord: quits when the work in hand is done';
      if (window && !window.isDestroyed()) window.setTitle(title);
    },
  };
}

function openWindow(place: Place | null): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const kept = readPlace(file);
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...(kept && isInReach(kept, screens)
      ? { x: kept.x, y: kept.y, width: kept.width, height: kept.height }
      : { width: 1440, height: 900 }),
    minWidth: 880,
    minHeight: 560,
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
  if (kept?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  keepItsPlace(window, file);
  keepItsPage(window);
  load(window, place);
  return window;
}

function load(window: BrowserWindow, place: Place | null): void {
  const address = new URL(pageAddress());
  if (place) address.hash = place.path;
  if (place?.companyId) address.searchParams.set(companyParameter, place.companyId);
  window.loadURL(address.href).catch((error: unknown) => {
    process.stderr.write(`The window could not load its page: ${String(error)}\n`);
  });
}

function keepItsPlace(window: BrowserWindow, file: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() };
    keepPlace(file, place).catch((error: unknown) => {
      process.stderr.write(`The place of the window could not be kept: ${String(error)}\n`);
    });
  };
  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, keptAfterMs);
  };
  window.on('resize', keepSoon);
  window.on('move', keepSoon);
  window.on('close', keep);
}

/** The company goes on in this process whatever becomes of its picture: the page is loaded again and follows on. */
function keepItsPage(window: BrowserWindow): void {
  const { webContents } = window;
  const keeper = new PageKeeper({
    load: () => webContents.reload(),
    end: () => webContents.forcefullyCrashRenderer(),
    quit: () => app.quit(),
    ask: async ({ message, detail, buttons }, signal) => {
      const { response } = await dialog.showMessageBox(window, {
        ...{ type: 'warning', title: 'AgentCoord', message, detail, noLink: true, signal },
        buttons: buttons.map(({ label }) => label),
        defaultId: 0,
        // Whoever only waves it away waits, or has it loaded; nothing ends by that.
        cancelId: Math.max(
          0,
          buttons.findIndex(({ answer }) => answer === 'wait'),
        ),
      });
      return buttons[response]?.answer ?? 'wait';
    },
    onFault: (error) =>
      process.stderr.write(`It can’t be asked what becomes of the page: ${String(error)}\n`),
    now: () => Date.now(),
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    process.stderr.write(`The page of the window ended: ${reason}\n`);
    keeper.crashed();
  });
  window.on('unresponsive', () => keeper.hangs());
  window.on('responsive', () => keeper.answers());
  window.on('closed', () => keeper.answers());
}
