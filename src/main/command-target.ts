/** How this copy of the app gives its person the command `agentcoord`: what is to lie where. Pure. */
import { posix } from 'node:path';

/** `link` and `script` are written by the app; `packaged`: whatever installed the app has put it there. */
export type CommandTarget =
  | { readonly kind: 'packaged'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'script'; readonly path: string; readonly text: string };

export interface Copy {
  readonly platform: NodeJS.Platform;
  /** False: a checkout, whose command npm knows. */
  readonly isPackaged: boolean;
  /** Of the desktop program. */
  readonly executable: string;
  /** The AppImage that runs, if it is one. */
  readonly appImage: string | undefined;
  readonly home: string;
}

/** Where a shell looks on macOS without being told, and where nothing of the system lies. */
const macPath = '/usr/local/bin/agentcoord';

/** @returns null: this copy can't give any */
export function commandTarget({
  platform,
  isPackaged,
  executable,
  appImage,
  home,
}: Copy): CommandTarget | null {
  if (!isPackaged) return null;
  if (platform === 'win32')
    return { kind: 'packaged', path: `${executable.replace(/\\[^\\]*$/, '')}\\agentcoord.cmd` };
  const folder = posix.dirname(executable);
  if (platform === 'darwin')
    return { kind: 'link', path: macPath, to: posix.join(folder, '../Resources/agentcoord') };
  const path = posix.join(home, '.local/bin/agentcoord');
  if (appImage !== undefined) return { kind: 'script', path, text: appImageScript(appImage) };
  if (executable.startsWith('/usr/')) return { kind: 'packaged', path: '/usr/bin/agentcoord' };
  return { kind: 'link', path, to: posix.join(folder, 'agentcoord') };
}

/** By it a script of ours is known, whichever AppImage it is for. */
export const scriptMark = '# The command line of AgentCoord, out of the AppImage that is named here.';

/** Runs the command line in Electron's own Node; the path of what is in an AppImage is known only once it runs. */
const bootstrap = [
  'const path = require("node:path"), url = require("node:url");',
  'process.argv[1] = path.join(path.dirname(process.execPath), "resources/app/out/main/cli.js");',
  'import(url.pathToFileURL(process.argv[1]).href);',
].join(' ');

/** An AppImage mounts itself anew at each start, so nothing in it can be linked to. */
export function appImageScript(appImage: string): string {
  // The launcher in an AppImage puts a switch of Chromium first, which Node refuses, unless it is among the words already.
  return `#!/bin/sh
${scriptMark}
app=${quoted(appImage)}
if [ ! -x "$app" ]; then
  echo "agentcoord: there is no $app any more. Start the AppImage where it is now, and install the command anew in its settings." >&2
  exit 1
fi
ELECTRON_RUN_AS_NODE=1 exec "$app" --eval ${quoted(bootstrap)} -- --no-sandbox "$@"
`;
}

/** One word for sh, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
