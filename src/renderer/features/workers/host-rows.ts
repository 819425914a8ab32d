/** What the list of hosts shows of each. */
import type { Host, HostState } from '../../../core/host/host.ts';
import type { HostId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { isOver } from '../../../core/task/task-state.ts';
import type { EpochMs } from '../../../core/units.ts';
import { hostLabel } from '../../company/host-label.ts';

export interface HostRow {
  readonly id: HostId;
  readonly name: string;
  readonly standing: HostState | 'cut-off';
  /** Since when it stands so. */
  readonly since: EpochMs;
  /** How many live workers run there. */
  readonly workers: number;
  /** How many tasks that are not over are at home there. */
  readonly tasks: number;
}

/** Those that are there first, by name. */
export function hostRows(state: CompanyState): HostRow[] {
  const { hosts, index } = state;
  const isGone = ({ state }: Host) => Number(state !== 'there');
  return [...hosts.values()]
    .sort((a, b) => isGone(a) - isGone(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
    .map((host) => ({
      id: host.id,
      name: hostLabel(state, host.id),
      ...standingOf(host),
      workers: index.workersByHost.get(host.id).size,
      tasks: [...index.tasksByHome.get(host.id)].filter((task) => !isOver(task)).length,
    }));
}

function standingOf({ state, joinedAt, goneAt, cutOffSince }: Host): Pick<HostRow, 'standing' | 'since'> {
  if (state !== 'there') return { standing: state, since: goneAt ?? joinedAt };
  if (cutOffSince !== null) return { standing: 'cut-off', since: cutOffSince };
  return { standing: 'there', since: joinedAt };
}

/** Where a worker runs, when that is a question at all: by the name of the host; null where there is but one. */
export function hostOfWorker(state: CompanyState, hostId: HostId | null): string | null {
  if (hostId === null || state.hosts.size < 2) return null;
  return hostLabel(state, hostId);
}
