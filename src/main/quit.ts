/** Ends cleanly: the workers give back or finish what they hold, the log closes, then the app goes. */
import { app } from 'electron';
import type { Host } from '../serve/open-host.ts';

export interface QuitOptions {
  /** The company goes on while no window is open: there is a tray to come back by. */
  readonly livesWithoutWindow: boolean;
  /** Aborted first, so that nothing asks a host that closes. */
  readonly ending: AbortController;
}

export function setupQuit(host: Host, { livesWithoutWindow, ending }: QuitOptions): void {
  let closing = false;
  app.on('window-all-closed', () => {
    if (!livesWithoutWindow && process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (closing) return;
    event.preventDefault();
    closing = true;
    ending.abort();
    // The windows are gone and nothing is left to save: a second round of quit events has no purpose.
    host
      .close()
      .catch((error: unknown) => {
        process.stderr.write(`The host did not close cleanly: ${String(error)}\n`);
      })
      .finally(() => app.exit(0));
  });
}
