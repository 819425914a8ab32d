/** Whether what is on the screen is live, and whether the host has the others. */

import type { ConnectionStatus } from '../../rpc/client-company.ts';
import { cutOffSince } from '../company/use-cut-off.ts';
import type { Status } from '../design/status-dot.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { useLive, useOwnHost } from '../lib/company-context.tsx';
import { strings } from './strings.ts';

export function ConnectionLight({ status }: { status: ConnectionStatus }) {
  const own = useOwnHost();
  const isCutOff = useLive((state) => cutOffSince(state, own) !== null);
  const { dot, label } = lightOf(status, isCutOff);
  return (
    <p className="flex items-center gap-2 px-0.5 text-muted text-xs" title={label}>
      <StatusDot status={dot} />
      <span className="sr-only xl:not-sr-only">{label}</span>
    </p>
  );
}

function lightOf({ kind }: ConnectionStatus, isCutOff: boolean): { dot: Status; label: string } {
  if (kind === 'live') {
    return isCutOff ? { dot: 'waiting', label: strings.cutOffShort } : { dot: 'alive', label: strings.live };
  }
  if (kind === 'lost') return { dot: 'failure', label: strings.lostShort };
  return { dot: 'waiting', label: strings.connecting };
}
