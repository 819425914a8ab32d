/** What only the desktop app can be told. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from '../../design/toast.tsx';
import { Toggle } from '../../design/toggle.tsx';
import { callDesktop } from '../../lib/desktop-calls.ts';
import { isDesktop } from '../../lib/desktop-port.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

const key = ['desktop-settings'];

export function AtLogin() {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => callDesktop('settings', {}),
    enabled: isDesktop(),
    retry: false,
  });
  if (!data || data.startAtLogin === null) return <span className="text-faint">{strings.onlyInApp}</span>;
  const set = async (isOn: boolean) => {
    try {
      queries.setQueryData(key, await callDesktop('setStartAtLogin', { isOn }));
    } catch (error) {
      toast('failure', asCoordError(error).message);
    }
  };
  return <Toggle label={strings.atLogin} isOn={data.startAtLogin} onChange={(isOn) => void set(isOn)} />;
}
