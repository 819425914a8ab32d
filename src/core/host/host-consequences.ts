/** What follows when a host is gone: its workers are, too. */
import type { CompanyEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import { hostName } from './among-hosts.ts';
import type { HostEvent } from './host-events.ts';

export function hostConsequences(state: CompanyState, event: HostEvent): CompanyEvent[] {
  if (event.type !== 'host.left' && event.type !== 'host.lost') return [];
  const ids = [...state.index.workersByHost.get(event.hostId)].map(({ id }) => id).sort();
  const name = hostName(state, event.hostId);
  return ids.map((workerId) =>
    event.type === 'host.left'
      ? { type: 'worker.stopped', workerId, reason: `its host ${name} left the company` }
      : { type: 'worker.crashed', workerId, reason: `its host ${name} is lost` },
  );
}
