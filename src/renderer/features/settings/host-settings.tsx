/** Where the company lives: its folder, its host, the place of its log; and whether the app starts with the system. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HostFacts } from '../../../contract/host-facts.ts';
import { Button } from '../../design/button.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { toast } from '../../design/toast.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { isDesktop } from '../../lib/desktop-port.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';
import { useHostFacts } from './use-host-facts.ts';

function WithFacts({ children }: { children: (facts: HostFacts) => ReactNode }) {
  const { data, error } = useHostFacts();
  if (error) return <Notice tone="failure">{asCoordError(error).message}</Notice>;
  if (!data) return <Skeleton label={strings.loading} rows={1} className="w-60" />;
  return children(data);
}

export function DataFolder() {
  const open = () =>
    callDesktop('openDataFolder', {}).catch((error: unknown) =>
      toast('failure', asCoordError(error).message),
    );
  return (
    <WithFacts>
      {({ dataDir }) => (
        <span className="flex min-w-0 items-center gap-2">
          <Path>{dataDir}</Path>
          <CopyButton text={() => dataDir} label={strings.copyPath} copiedLabel={strings.copied} />
          {isDesktop() && (
            <Button icon="file" onPress={() => void open()}>
              {strings.openFolder}
            </Button>
          )}
        </span>
      )}
    </WithFacts>
  );
}

export function HostSetting() {
  return (
    <WithFacts>
      {({ name, machine, system, pid, startedAt }) => (
        <span className="flex flex-col text-right max-lg:text-left">
          <span>
            {name}, <span className="font-mono text-xs">{machine}</span>
          </span>
          <span className="text-faint text-xs">
            {system} · {strings.hostProcess(pid)} · {strings.hostSince} <Ago at={startedAt} />
          </span>
        </span>
      )}
    </WithFacts>
  );
}

export function AddressSetting() {
  return (
    <WithFacts>
      {({ url }) =>
        url === null ? <span className="text-faint">{strings.noAddress}</span> : <Path>{url}</Path>
      }
    </WithFacts>
  );
}

export function KeptAt() {
  const coordination = useCoordination();
  const company = useLive((state) => state.company?.id ?? null);
  const { data, error } = useQuery({
    queryKey: ['company-places', company],
    queryFn: () => coordination().companyPlaces(),
    retry: false,
  });
  if (error) return <Notice tone="failure">{asCoordError(error).message}</Notice>;
  if (!data) return <Skeleton label={strings.loading} rows={1} className="w-60" />;
  const place = data.find(({ id }) => id === company);
  return (
    <span className="flex flex-col items-end gap-1 max-lg:items-start">
      {place?.place ? <Path>{place.place}</Path> : <span>{strings.keptHere}</span>}
      {place?.why && <span className="text-failure text-xs">{strings.keptClosed(place.why)}</span>}
      <span className="text-faint text-xs">
        {strings.moveBy} <code className="font-mono">agentcoord move</code>
      </span>
    </span>
  );
}

function Path({ children }: { children: string }) {
  return (
    <span className="min-w-0 select-text break-all rounded-sm bg-hover px-1.5 py-0.5 font-mono text-xs">
      {children}
    </span>
  );
}
