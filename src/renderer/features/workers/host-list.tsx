/** The hosts that work for the company: how each is, since when, and what it has of the work. */
import type { HostId } from '../../../core/ids.ts';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useOwnHost } from '../../lib/company-context.tsx';
import type { HostRow } from './host-rows.ts';
import { hostRows } from './host-rows.ts';
import { strings } from './strings.ts';

const dots: Record<HostRow['standing'], Status> = {
  there: 'alive',
  'cut-off': 'waiting',
  lost: 'failure',
  left: 'idle',
};

/** Nothing where the company is on one host alone. */
export function HostList() {
  const own = useOwnHost();
  const rows = useLive(hostRows);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts" className="mb-2 font-semibold text-base">
        {strings.hosts} <span className="font-mono font-normal text-faint text-xs">{rows.length}</span>
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {rows.map((row) => (
          <HostItem key={row.id} row={row} own={own} />
        ))}
      </ul>
    </section>
  );
}

function HostItem({ row, own }: { row: HostRow; own: HostId | null }) {
  const { id, name, standing, since, workers, tasks } = row;
  return (
    <li className="flex items-start gap-2.5 px-3 py-2">
      <StatusDot status={dots[standing]} className="mt-1.5" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium" title={`${name} · ${id}`}>
            {name}
          </span>
          {id === own && <Tag tone="outline">{strings.thisHost}</Tag>}
        </span>
        <span className="block text-muted text-xs">
          {strings.hostStates[standing]} <Ago at={since} />
        </span>
        <span className="block text-faint text-xs">
          {strings.hostWorkers(workers)} · {strings.hostTasks(tasks)}
        </span>
      </span>
    </li>
  );
}
