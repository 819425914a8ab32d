/** Whether what is on the screen is live. */
import { StatusDot } from '../design/status-dot.tsx';
import type { ConnectionStatus } from '../lib/connection.ts';
import { strings } from './strings.ts';

export function ConnectionLight({ status }: { status: ConnectionStatus }) {
  const live = status.kind === 'live';
  const label = live ? strings.live : status.kind === 'lost' ? strings.lostShort : strings.connecting;
  return (
    <p role="status" className="flex items-center gap-2 px-0.5 text-muted text-xs" title={label}>
      <StatusDot status={live ? 'alive' : status.kind === 'lost' ? 'failure' : 'waiting'} />
      <span className="sr-only xl:not-sr-only">{label}</span>
    </p>
  );
}
