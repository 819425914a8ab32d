/** Keeps every page where it is: no navigation, no new windows, no web views; links of the web open in the browser. */
import { app, shell } from 'electron';
import { isOwnPage } from './app-address.ts';

const browserSchemes: readonly string[] = ['https:', 'http:', 'mailto:'];

export function setupWebContentsLock(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openInBrowser(url);
      return { action: 'deny' };
    });
  });
}

/** Artifacts are written by agents, so only addresses of the web leave the app, never a file or a program. */
function openInBrowser(address: string): void {
  if (!URL.canParse(address) || !browserSchemes.includes(new URL(address).protocol)) return;
  shell.openExternal(address).catch((error: unknown) => {
    process.stderr.write(`The link could not be opened: ${String(error)}\n`);
  });
}
