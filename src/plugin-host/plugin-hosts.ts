/** Which machines a channel may reach: those of its manifest, with each setting filled in. */
import type { Manifest } from '../contract/plugin/manifest.ts';
import type { Settings } from '../contract/plugin/settings-schema.ts';

export function hostsOf({ hosts }: Manifest, settings: Settings): string[] {
  return hosts.flatMap((host) => {
    const setting = /^\{(.+)\}$/.exec(host)?.[1];
    if (setting === undefined) return [host];
    const value = settings[setting];
    return typeof value === 'string' && URL.canParse(value) ? [placeIn(new URL(value))] : [];
  });
}

/** The folders among its settings. */
export function foldersOf(manifest: Manifest, settings: Settings): string[] {
  return namedFolders(manifest, settings).map(([, folder]) => folder);
}

/** Each with the name of its setting. */
export function namedFolders({ configSchema }: Manifest, settings: Settings): [string, string][] {
  return Object.entries(configSchema.properties).flatMap(([name, setting]): [string, string][] => {
    const value = settings[name];
    return setting.type === 'string' && setting.format === 'folder' && typeof value === 'string'
      ? [[name, value]]
      : [];
  });
}

function placeIn({ hostname, port, protocol }: URL): string {
  const usual = protocol === 'https:' || protocol === 'wss:' ? '443' : '80';
  return `${hostname}:${port === '' ? usual : port}`;
}
