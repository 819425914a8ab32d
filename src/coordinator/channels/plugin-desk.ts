/** What clients do with the plugins of a host: look into one before it is installed, install it, remove it. On record. */
import type { ChannelCarrier, PluginDesk } from '../../contract/channels.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, MemberId } from '../../core/ids.ts';
import type { CompanyChannels } from './company-channels.ts';

export interface PluginDeskParts {
  readonly carrier: ChannelCarrier;
  /** Of every company that is open. */
  readonly all: () => readonly CompanyChannels[];
  readonly record: (id: CompanyId, by: MemberId, context: string, reason: string) => Promise<unknown>;
}

export function createPluginDesk({ carrier, all, record }: PluginDeskParts): PluginDesk {
  const usersOf = (plugin: string) =>
    all().flatMap((channels) =>
      channels.names.flatMap((name) => {
        const stored = channels.get(name);
        return stored?.plugin === plugin ? [{ channels, stored }] : [];
      }),
    );
  return {
    plugins: () => carrier.plugins(),
    inspectPlugin: (call) => carrier.inspect(call),
    installPlugin: async (companyId, call, by) => {
      const installed = await carrier.install(call);
      const { id, version, displayName } = installed.manifest;
      // What they run is the new one from now on; where it asks for more, they wait for a consent again.
      for (const { channels, stored } of usersOf(id)) await channels.set(stored);
      await record(
        companyId,
        by,
        `Installed the plugin ${displayName} (${id}) ${version}`,
        signedBy(installed),
      );
      return installed;
    },
    removePlugin: async (companyId, id, by) => {
      const users = usersOf(id).map(({ stored }) => stored.name);
      if (users.length > 0) {
        throw new CoordError(
          'IN_USE',
          `The plugin ${id} can’t be removed: it carries ${users.join(', ')}. Remove ${users.length === 1 ? 'that channel' : 'those channels'} first`,
          { plugin: id, channels: users },
        );
      }
      await carrier.remove(id);
      await record(companyId, by, `Removed the plugin ${id}`, 'No channel was carried by it.');
    },
  };
}

function signedBy({ signer }: { readonly signer: string | null }): string {
  return signer === null ? 'It is not signed.' : `It is signed by ${signer}.`;
}
