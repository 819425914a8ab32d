/** What is whose among several hosts, and what each is called. */
import type { HostChoice } from '../context.ts';
import type { HostId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { IsOurs } from './host.ts';

/** What people call it; one that nobody has heard of goes by its id. */
export function hostName({ hosts }: Pick<CompanyState, 'hosts'>, id: HostId): string {
  return hosts.get(id)?.name ?? id;
}

/** Null: whatever the log says of other hosts is past, for nobody else appends to it. */
export function amongOthers({ host, sharesLog }: Pick<HostChoice, 'host' | 'sharesLog'>): HostId | null {
  return sharesLog ? host : null;
}

/**
 * What belongs to another host is that host's to end, however long nobody has heard of it: it may go on by itself, and
 * renew what it has where nobody sees it. Only when it is lost, or has left, does its time run out for all.
 * @param own the host that asks, as `amongOthers` has it
 */
export function endableBy({ hosts }: Pick<CompanyState, 'hosts'>, own: HostId | null): IsOurs {
  return (host) => {
    if (own === null || host === null || host === own) return true;
    const state = hosts.get(host)?.state;
    // Whoever works here has joined: one that never did was this or another host's own name, before the log was shared.
    if (state === undefined) return hosts.size > 0;
    return state === 'lost' || state === 'left';
  };
}
