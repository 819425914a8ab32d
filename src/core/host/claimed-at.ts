/** Where a task was claimed: by that host's clock its lease runs out. */
import type { EventOf } from '../event.ts';
import type { HostId } from '../ids.ts';
import type { CompanyState } from '../state.ts';

/** Null: at a host that shared the log with no other. */
export function claimedAt(
  { workers }: Pick<CompanyState, 'workers'>,
  { workerId, hostId }: Pick<EventOf<'task.claimed'>, 'workerId' | 'hostId'>,
): HostId | null {
  if (hostId !== undefined || workerId === null) return hostId ?? null;
  return workers.get(workerId)?.hostId ?? null;
}
