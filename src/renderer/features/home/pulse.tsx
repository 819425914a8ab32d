/** The company at a glance: its name over four figures. The one place with a faint scan-line. */

import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { formatNumber } from '../../lib/format.ts';
import { strings } from './strings.ts';

export function Pulse() {
  const { working, ready, atGates, done } = useLive(({ index }) => ({
    working: new Set([...index.tasksByState.get('leased')].map(({ lease }) => lease?.memberId)).size,
    ready: [...index.tasksByState.get('ready')].filter(({ kind }) => kind !== 'review').length,
    atGates: index.tasksByState.get('awaiting_gate').size,
    done: [...index.tasksByState.get('done')].filter(({ kind }) => kind !== 'review').length,
  }));
  return (
    <dl
      aria-label={strings.pulse}
      className="scan-lines grid grid-cols-4 divide-x divide-line overflow-hidden max-sm:grid-cols-2 max-sm:divide-x-0 rounded-lg border border-line bg-surface"
    >
      <Figure status={working > 0 ? 'alive' : 'idle'} value={working} label={strings.working} />
      <Figure status={ready > 0 ? 'waiting' : 'idle'} value={ready} label={strings.ready} />
      <Figure status={atGates > 0 ? 'waiting' : 'idle'} value={atGates} label={strings.atGates} />
      <Figure status="done" value={done} label={strings.done} />
    </dl>
  );
}

function Figure({ status, value, label }: { status: Status; value: number; label: string }) {
  return (
    <div className="flex flex-col-reverse gap-0.5 px-4 py-3">
      <dt className="flex items-center gap-1.5 text-muted text-xs">
        <StatusDot status={status} live={status === 'alive'} />
        {label}
      </dt>
      <dd className="font-mono text-2xl">{formatNumber(value)}</dd>
    </div>
  );
}
