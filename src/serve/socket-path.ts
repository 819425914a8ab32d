/** Where a host listens for the programs of this machine: a socket beside its data, or a named pipe. */
import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { CoordError } from '../core/error.ts';

/** The shortest limit of the systems we run on (macOS: 104 bytes with the closing zero). */
const longestPath = 103;

/** The same for the same data directory, so that nobody has to be told. */
export async function socketPathFor(dataDir: string): Promise<string> {
  const home = resolve(dataDir);
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\agentcoord-${name}`;
  const path = join(home, 'host.sock');
  if (Buffer.byteLength(path) <= longestPath) return path;
  return join(await privateFolder(), `${name}.sock`);
}

/**
 * A folder in the common temporary one that is this person's alone.
 * @throws CoordError `DATA_DIR_UNUSABLE` - somebody else has made it
 */
async function privateFolder(): Promise<string> {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `agentcoord-${uid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return folder;
  throw new CoordError(
    'DATA_DIR_UNUSABLE',
    `The host can't listen in ${folder}: others may write there. Remove it, or name a data directory with a shorter path.`,
    { folder },
  );
}
