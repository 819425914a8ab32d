/** Whether the plugins of this data directory can be used. */
import { findPlugins } from '../../plugin-host/find-plugins.ts';
import { pluginPlaces } from '../../serve/channels/host-channels.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Finding } from './finding.ts';
import { ok, warn } from './finding.ts';

export async function checkPlugins(dataDir: string): Promise<Finding[]> {
  // A folder that can't be read is told of by itself.
  const found = await findPlugins(pluginPlaces(dataDir)).catch(() => null);
  if (found === null) return [];
  const { plugins, refused } = found;
  const yours = [...plugins.values()].filter(({ isBuiltIn }) => !isBuiltIn).length;
  const count = `${plugins.size - yours} of AgentCoord, ${yours} of yours`;
  const todo = 'Put it right or take it out of that folder; the others are not affected';
  return [ok('plugins', count), ...refused.map(({ message }) => warn('plugins', plainLine(message), todo))];
}
