/** How far a new version of the app is, looked at anew while one is on its way; and what is done about it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DesktopCall, UpdateState, UpdatesView } from '../../../contract/desktop-calls.ts';
import type { CoordError } from '../../../core/error.ts';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { asCoordError } from '../../lib/use-command.ts';

const key = ['desktop-updates'];
const soonMs = 400;
const seldomMs = 10_000;

type UpdateCall = 'setUpdateFeed' | 'checkForUpdate' | 'downloadUpdate' | 'restartToUpdate';

export function useUpdates() {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<CoordError | null>(null);
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => callDesktop('updates', {}),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? soonMs : seldomMs),
    retry: false,
  });
  const act = async <Name extends UpdateCall>(name: Name, argument: DesktopCall<Name>): Promise<boolean> => {
    setRefusal(null);
    try {
      const asked = callDesktop(name, argument);
      // What it began is shown while it is under way.
      void queries.invalidateQueries({ queryKey: key });
      queries.setQueryData<UpdatesView>(key, await asked);
      return true;
    } catch (error) {
      setRefusal(asCoordError(error));
      return false;
    }
  };
  return { updates: data, refusal, act };
}

export function isUnderWay({ kind }: UpdateState): boolean {
  return kind === 'checking' || kind === 'downloading' || kind === 'restarting';
}
