/** Makes a link as the administrator of a Mac: the system asks for the password, and this program never sees it. */
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { CoordError } from '../core/error.ts';
import type { AsAdministrator } from './command-place.ts';

/** The words are given beside the script and quoted by it: nothing in them is taken for a command. */
const script = [
  'on run argv',
  'do shell script "/bin/mkdir -p " & quoted form of item 1 of argv & " && /bin/ln -sfn " & quoted form of item 2 of argv & " " & quoted form of item 3 of argv with administrator privileges',
  'end run',
];

/** @throws CoordError `WRONG_STATE` - the person gave it up, or the system would not */
export const linkAsMacAdministrator: AsAdministrator = async ({ path, to }) => {
  const lines = script.flatMap((line) => ['-e', line]);
  await promisify(execFile)('/usr/bin/osascript', [...lines, dirname(path), to, path]).catch(
    (error: Error) => {
      throw new CoordError('WRONG_STATE', `${path} was not written: ${lastLine(error.message)}`);
    },
  );
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
