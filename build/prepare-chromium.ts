/** Finds a Chromium for the browser tests, from Debian's package if the machine has none. */
import { existsSync } from 'node:fs';
import { ensureDebianPackages } from './debian.ts';
import { findCommand } from './find-command.ts';

const commands = ['chromium', 'google-chrome-stable', 'google-chrome'];

const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * @returns the path of an executable: `CHROMIUM_PATH`, else an installed Chromium or Chrome, else Debian's, installed now
 * @throws Error saying what to install or set, when there is none and this process may not install it
 */
export async function prepareChromium(): Promise<string> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist. Correct it or unset it.`);
  }
  const found = findBrowser();
  if (found) return found;
  await ensureDebianPackages(chromiumPackages());
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'No Chromium was found. Install Chromium or Chrome, or set CHROMIUM_PATH to its executable.',
  );
}

/** What this machine lacks for the browser tests, as Debian packages. */
export function chromiumPackages(): readonly string[] {
  const isThere = process.env['CHROMIUM_PATH'] || findBrowser();
  return isThere ? [] : ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];
}

function findBrowser(): string | undefined {
  const onPath = commands.map((command) => findCommand(command)).find((file) => file !== undefined);
  return onPath ?? macApplications.find((file) => existsSync(file));
}

if (import.meta.main) process.stdout.write(`${await prepareChromium()}\n`);
