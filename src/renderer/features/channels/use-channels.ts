/** The channels and plugins of the host, looked at anew every other second while the screen is open; and what is done to them. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Coordination } from '../../../contract/rpc.ts';
import type { CoordError } from '../../../core/error.ts';
import { useCoordination } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';

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

export interface ChannelAct {
  /** Resolves with null when it was refused; why is then in `refusal`. */
  readonly run: <Result>(
    act: (host: Coordination) => Promise<Result>,
  ) => Promise<{ readonly done: Result } | null>;
  readonly pending: boolean;
  readonly refusal: CoordError | null;
}

export function useChannelAct(): ChannelAct {
  const coordination = useCoordination();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<CoordError | null>(null);
  const run: ChannelAct['run'] = async (act) => {
    setPending(true);
    setRefusal(null);
    try {
      return { done: await act(coordination()) };
    } catch (error) {
      setRefusal(asCoordError(error));
      return null;
    } finally {
      setPending(false);
      void queries.invalidateQueries({ queryKey: ['channels'] });
    }
  };
  return { run, pending, refusal };
}
