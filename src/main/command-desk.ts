/** Whether a shell of this person finds `agentcoord`, and how it comes to. */
import { homedir } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { app } from 'electron';
import type { CommandView } from '../contract/desktop-calls.ts';
import { CoordError } from '../core/error.ts';
import { commandState, putCommand, removeCommand } from './command-place.ts';
import type { CommandTarget } from './command-target.ts';
import { commandTarget } from './command-target.ts';
import { linkAsMacAdministrator } from './mac-administrator.ts';

export async function commandView(): Promise<CommandView | null> {
  const target = ownTarget();
  if (!target) return null;
  const { path, kind } = target;
  return { path, state: await commandState(target), isOnPath: isOnPath(path), isOurs: kind !== 'packaged' };
}

/** @throws CoordError `WRONG_STATE` */
export async function installCommand(): Promise<CommandView | null> {
  await putCommand(requireTarget(), process.platform === 'darwin' ? linkAsMacAdministrator : undefined);
  return await commandView();
}

/** @throws CoordError `WRONG_STATE` */
export async function uninstallCommand(): Promise<CommandView | null> {
  await removeCommand(requireTarget());
  return await commandView();
}

function ownTarget(): CommandTarget | null {
  return commandTarget({
    platform: process.platform,
    isPackaged: app.isPackaged,
    executable: process.execPath,
    appImage: process.env['APPIMAGE'],
    home: homedir(),
  });
}

function requireTarget(): CommandTarget {
  const target = ownTarget();
  if (!target)
    throw new CoordError('WRONG_STATE', 'This is a checkout: npm knows its command, `npm link` installs it');
  return target;
}

/** An app that a Mac starts from its dock does not have the PATH of a shell; there the folder is on every PATH. */
function isOnPath(path: string): boolean {
  if (process.platform === 'darwin') return true;
  return (process.env['PATH'] ?? '').split(delimiter).includes(dirname(path));
}
