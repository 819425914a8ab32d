/** Nobody's plugin reaches what nobody agreed to: a new version that wants more has to ask again. */
import type { PluginView, StoredChannel } from '../../contract/channels.ts';

export interface Wanted {
  readonly hosts: readonly string[];
  readonly capabilities: readonly string[];
}

export const wantedBy = ({ manifest }: PluginView): { hosts: string[]; capabilities: string[] } => ({
  hosts: [...manifest.hosts],
  capabilities: [...manifest.capabilities],
});

/** What it wants beyond what was agreed to; null: nothing. Ours that reach no host ask for nothing. */
export function consentMissing(
  plugin: PluginView,
  { consent }: Pick<StoredChannel, 'consent'>,
): Wanted | null {
  if (plugin.isBuiltIn && plugin.manifest.hosts.length === 0) return null;
  if (consent === null) return wantedBy(plugin);
  const { hosts, capabilities } = wantedBy(plugin);
  const missing = {
    hosts: hosts.filter((host) => !consent.hosts.includes(host)),
    capabilities: capabilities.filter((capability) => !consent.capabilities.includes(capability)),
  };
  return missing.hosts.length + missing.capabilities.length > 0 ? missing : null;
}
