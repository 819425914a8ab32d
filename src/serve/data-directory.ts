/** Which folder holds a person's companies, and what lies where in it. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CoordError } from '../core/error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** AGENTCOORD_DATA_DIR, or the place that the platform keeps for the data of programs. */
export function defaultDataDir(env: Environment = process.env, platform = process.platform): string {
  if (env.AGENTCOORD_DATA_DIR) return resolve(env.AGENTCOORD_DATA_DIR);
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'AgentCoord');
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'AgentCoord');
    default:
      return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'agentcoord');
  }
}

/**
 * Makes the folder where it is missing, for its owner's eyes only.
 * @throws CoordError `DATA_DIR_UNUSABLE` - it can't be made: the reason and what to do
 */
export async function makeDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CoordError(
      'DATA_DIR_UNUSABLE',
      `The data directory ${dataDir} can't be made: ${reason}. Name another one with --data-dir or AGENTCOORD_DATA_DIR.`,
      { dataDir },
      { cause: error },
    );
  }
}
