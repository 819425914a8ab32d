/** Settings as the line to a plugin has them. */
import type { Settings } from '../contract/plugin/settings-schema.ts';

export function lineSettings(settings: Settings): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}
