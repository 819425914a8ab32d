/** One app at a time: a second start brings the window of the first to the front and ends. */
import { app, BrowserWindow } from 'electron';

/** @returns whether this is the one */
export function setupSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  return true;
}
