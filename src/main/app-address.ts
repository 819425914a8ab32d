/** Where the page of the app is, and whether somebody who calls is that page. */
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { app } from 'electron';

export const appScheme = 'app';
const appHost = 'agentcoord';

/** The address of the page; while the UI is developed, that of Vite's server. */
export function pageAddress(): string {
  return developmentAddress() ?? `${appScheme}://${appHost}/index.html`;
}

/** Only our own page may call the main process. */
export function isOwnPage(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    const own = new URL(pageAddress());
    return protocol === own.protocol && host === own.host;
  } catch {
    return false;
  }
}

/** Only the top frame of our own page: anything else in a window gets no answer. */
export function isFromOwnPage({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

/** electron-vite sets it in development; a packaged app takes no address from its environment. */
function developmentAddress(): string | undefined {
  return app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
}
