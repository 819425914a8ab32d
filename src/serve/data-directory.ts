/** Which folder holds a person's companies. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

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
