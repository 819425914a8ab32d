/** One app at a time: a second start brings the window of the first to the front, where its link leads, and ends. */
import { app } from 'electron';
import type { Host } from '../serve/open-host.ts';
import { isTooLongToPassOn, linkScheme, pathOfArguments, pathOfLink } from './deep-link.ts';
import { placeOfPath } from './place-of-path.ts';
import { hiddenFlag } from './start-at-login.ts';
import type { AppWindow } from './window.ts';

/** @returns whether this is the one */
export function setupSingleInstance(): boolean {
  if (isTooLongToPassOn(process.argv)) {
    process.stderr.write('That is too long to be a link of AgentCoord: nothing was opened.\n');
    app.exit(2);
    return false;
  }
  if (app.requestSingleInstanceLock()) return true;
  app.quit();
  return false;
}

/** Where the app is started to: by a second start, and on macOS by the system. Opens the window once. */
export function setupStarts(host: Host, window: AppWindow, { mayHide }: { mayHide: boolean }): void {
  const show = (path: string | null) => {
    void placeOfPath(path, host.companies.all()).then((place) => window.show(place));
  };
  app.on('second-instance', (_event, args) => show(pathOfArguments(args)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    show(pathOfLink(link));
  });
  // A checkout that is tried out must not take the links of the installed app.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  // Started by the system at login: it waits in the tray, if there is one.
  if (!mayHide || !process.argv.includes(hiddenFlag)) show(pathOfArguments(process.argv));
}
