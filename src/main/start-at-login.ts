/** Whether the system starts the app when the person logs in: without a window, into the tray. */
import { app } from 'electron';
import { CoordError } from '../core/error.ts';
import { autostartFile, isThere, keepAutostart } from './autostart-entry.ts';

/** Given to a start that shall open no window. */
export const hiddenFlag = '--hidden';

/** @returns null: this copy can't be started by the system */
export async function startsAtLogin(): Promise<boolean | null> {
  if (!app.isPackaged) return null;
  if (process.platform === 'linux') return await isThere(autostartFile());
  return app.getLoginItemSettings({ args: [hiddenFlag] }).openAtLogin;
}

/** @throws CoordError `WRONG_STATE` - this copy can't be started by the system */
export async function setStartAtLogin(isOn: boolean): Promise<void> {
  if (!app.isPackaged)
    throw new CoordError('WRONG_STATE', 'Only the installed app can be started at login: install a package');
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isOn, args: [hiddenFlag] });
    return;
  }
  // An AppImage runs out of a folder that is gone once it ends; its own file stays.
  const program = process.env['APPIMAGE'] ?? process.execPath;
  await keepAutostart(autostartFile(), isOn ? [program, hiddenFlag] : null);
}
