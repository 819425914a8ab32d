/** The plugins of the host with the channels that each carries, looked at anew every other second while the screen is open. */
import { useQuery } from '@tanstack/react-query';
import type { ChannelView, InstalledPluginView } from '../../../contract/channels.ts';
import { useCoordination } from '../../lib/company-context.tsx';
import type { HostAct } from '../../lib/use-host-act.ts';
import { useHostAct } from '../../lib/use-host-act.ts';

const every = 2_000;
const key = ['plugins-and-channels'];

export interface CarryingPlugin extends InstalledPluginView {
  readonly channels: readonly ChannelView[];
}

export function useCarryingPlugins() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: key,
    refetchInterval: every,
    queryFn: async () => {
      const host = coordination();
      const [{ plugins, refused }, channels] = await Promise.all([host.plugins(), host.channels()]);
      const carrying = plugins.map(
        (plugin): CarryingPlugin => ({
          ...plugin,
          channels: channels.filter((channel) => channel.plugin === plugin.manifest.id),
        }),
      );
      // Those that somebody installed first: the others are always there.
      carrying.sort(
        (a, b) =>
          Number(a.isBuiltIn) - Number(b.isBuiltIn) ||
          a.manifest.displayName.localeCompare(b.manifest.displayName),
      );
      return { plugins: carrying, refused };
    },
  });
}

export function usePluginAct(): HostAct {
  return useHostAct(key);
}
