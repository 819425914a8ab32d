/** Whether a shell finds `agentcoord`, and the way to have it there. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandView } from '../../../contract/desktop-calls.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

const key = ['desktop-command'];

export function CommandSetting() {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { data, isPending } = useQuery({
    queryKey: key,
    queryFn: () => callDesktop('command', {}),
    retry: false,
  });
  if (isPending) return <Skeleton label={strings.loading} rows={1} />;
  if (!data) return <span className="text-faint">{strings.onlyInApp}</span>;
  const act = async (name: 'installCommand' | 'removeCommand') => {
    setRefusal(null);
    try {
      queries.setQueryData(key, await callDesktop(name, {}));
    } catch (error) {
      setRefusal(asCoordError(error).message);
    }
  };
  const { state, path, isOurs, isOnPath } = data;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span role="status" className="min-w-0 break-all">
          {wordsOf(data)}
        </span>
        {isOurs && (state === 'none' || state === 'elsewhere') && (
          <Button onPress={() => void act('installCommand')}>
            {state === 'none' ? strings.installCommand : strings.moveCommand}
          </Button>
        )}
        {isOurs && state === 'ours' && (
          <Button look="quiet" onPress={() => void act('removeCommand')}>
            {strings.removeCommand}
          </Button>
        )}
      </div>
      {state === 'ours' && !isOnPath && (
        <p className="text-muted text-xs">{strings.commandHidden(path.replace(/[\\/][^\\/]*$/, ''))}</p>
      )}
      {refusal !== null && <Notice tone="failure">{refusal}</Notice>}
    </div>
  );
}

function wordsOf({ state, path, isOurs }: CommandView): string {
  if (isOurs) return strings.commandStates[state](path);
  return state === 'none' ? strings.commandGone(path) : strings.commandPackaged(path);
}
