/** The fleet at a glance: how much of what may be is used, every worker, how many there are and why, and what could do tasks. */
import type { WorkerFacts } from '../../../contract/worker-facts.ts';
import type { WorkerId } from '../../../core/ids.ts';
import type { CapacityProps } from './capacity.tsx';
import { Capacity } from './capacity.tsx';
import { CodingAgents } from './coding-agents.tsx';
import { HostList } from './host-list.tsx';
import { Monitor } from './monitor.tsx';
import { Scaler } from './scaler.tsx';

export interface OverviewProps extends CapacityProps {
  facts: ReadonlyMap<WorkerId, WorkerFacts>;
}

export function Overview({ facts, ...capacity }: OverviewProps) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-6xl flex-col gap-7 p-6 max-md:p-4">
        <Capacity {...capacity} />
        <HostList />
        <Monitor facts={facts} />
        <Scaler />
        <CodingAgents />
      </div>
    </div>
  );
}
