/** Folds what happened to a host, and where its tasks are at home since. */
import type { StoredEvent } from '../event.ts';
import type { HostId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { HostState } from './host.ts';
import type { HostEvent } from './host-events.ts';

type Stamp = Pick<StoredEvent, 'at'>;

export function evolveHost(state: CompanyState, event: HostEvent, { at }: Stamp): void {
  switch (event.type) {
    case 'host.joined':
      state.hosts.put({
        id: event.hostId,
        name: event.name,
        state: 'there',
        joinedAt: at,
        goneAt: null,
        cutOffSince: null,
      });
      return adopt(state, event.hostId);
    case 'host.left':
      go(state, event.hostId, 'left', { at });
      return rehome(state, event.hostId, null);
    case 'host.lost':
      go(state, event.hostId, 'lost', { at });
      return rehome(state, event.hostId, event.adoptedBy);
    case 'host.cut_off':
      return cutOff(state, event.hostId, event.since);
    case 'host.came_back':
      return cutOff(state, event.hostId, null);
  }
}

/** The data directory of a host alone may have had other names: what is at home at one that never joined is the joiner's. */
function adopt(state: CompanyState, id: HostId): void {
  for (const task of [...state.tasks.values()]) {
    if (task.home !== null && !state.hosts.get(task.home)) state.tasks.put({ ...task, home: id });
  }
}

function cutOff(state: CompanyState, id: HostId, cutOffSince: EpochMs | null): void {
  const host = state.hosts.get(id);
  if (host) state.hosts.put({ ...host, cutOffSince });
}

function go(state: CompanyState, id: HostId, how: HostState, { at }: Stamp): void {
  const host = state.hosts.get(id);
  if (host) state.hosts.put({ ...host, state: how, goneAt: host.goneAt ?? at });
}

/** Also those that are over: rework makes them ready again. */
function rehome(state: CompanyState, from: HostId, to: HostId | null): void {
  for (const task of [...state.index.tasksByHome.get(from)]) state.tasks.put({ ...task, home: to });
}
