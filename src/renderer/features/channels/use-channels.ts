/** The channels and plugins of the host, looked at anew every other second while the screen is open; and what is done to them. */
import { useQuery } from '@tanstack/react-query';
import { useCoordination } from '../../lib/company-context.tsx';
import type { HostAct } from '../../lib/use-host-act.ts';
import { useHostAct } from '../../lib/use-host-act.ts';

const every = 2_000;

export function useChannels() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: ['channels'],
    refetchInterval: every,
    queryFn: () => coordination().channels(),
  });
}

export function usePlugins() {
  const coordination = useCoordination();
  return useQuery({ queryKey: ['plugins'], staleTime: every, queryFn: () => coordination().plugins() });
}

export type ChannelAct = HostAct;

const channelKey = ['channels'];

export function useChannelAct(): ChannelAct {
  return useHostAct(channelKey);
}
