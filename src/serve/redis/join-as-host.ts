/** Puts a host on record in a company that it shares: the others know then whose tasks and workers it has. */
import { hostname } from 'node:os';
import type { OpenCompany } from '../../coordinator/open-company.ts';
import type { HostId } from '../../core/ids.ts';

/** Does nothing when it is there already. */
export async function joinAsHost({ coordinator }: OpenCompany, host: HostId): Promise<void> {
  const isThere = await coordinator.read(({ hosts }) => hosts.get(host)?.state === 'there');
  if (!isThere) await coordinator.execute({ kind: 'host' }, { type: 'host.join', name: hostname() });
}
