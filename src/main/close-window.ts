/** What becomes of the app when its last window closes: with a tray it goes on, and the first time it says so. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { keepAppSettings, readAppSettings } from './app-settings.ts';

/** @param livesOn there is a tray to come back by */
export function setupCloseWindow(livesOn: boolean): void {
  const file = join(app.getPath('userData'), 'settings.json');
  app.on('window-all-closed', () => {
    if (!livesOn) {
      if (process.platform !== 'darwin') app.quit();
      return;
    }
    if (readAppSettings(file).knowsItLivesOn) return;
    explain(file).catch((error: unknown) => {
      process.stderr.write(`That the app goes on could not be explained: ${String(error)}\n`);
    });
  });
}

async function explain(file: string): Promise<void> {
  // Kept first: whoever looks away from it is not told twice.
  await keepAppSettings(file, { ...readAppSettings(file), knowsItLivesOn: true });
  const place = process.platform === 'darwin' ? 'menu bar' : 'tray';
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'AgentCoord',
    message: 'The company goes on working',
    detail: `Only the window is closed. Workers finish their tasks and begin new ones, and what needs you comes as a notification. The icon in the ${place} opens the window again; Quit in its menu ends everything.`,
    buttons: ['Keep working', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) app.quit();
}
