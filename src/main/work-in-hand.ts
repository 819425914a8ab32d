/** What the workers of this host do at this moment, in every company of it. */

import type { Coordination } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { WorkerFacts } from '../contract/worker-facts.ts';
import type { HostId } from '../core/ids.ts';
import type { Host } from '../serve/open-host.ts';

export interface WorkInHand {
  readonly title: string;
  readonly company: string;
}

/** @throws CoordError what a company refused, or why it can't be asked */
export async function workInHand(host: Pick<Host, 'companies' | 'connect' | 'token'>): Promise<WorkInHand[]> {
  const ended = new AbortController();
  try {
    const companies = await host.companies.list();
    const each = companies.map(async ({ id, name }) => {
      const session: Pick<Coordination, 'hello' | 'query'> = host.connect(ended.signal);
      const { hostId } = await session.hello({
        version: rpcVersion,
        token: host.token,
        company: id,
        client: 'desktop',
      });
      const workers = await session.query('workerFacts', {});
      return workers
        .filter((facts) => runsHere(facts, hostId))
        .flatMap(({ tasks }) => tasks.map(({ title }) => ({ title, company: name })));
    });
    return (await Promise.all(each)).flat();
  } finally {
    ended.abort();
  }
}

/** Hosts that share a company each end their own workers. */
const runsHere = ({ worker }: WorkerFacts, host: HostId | null): boolean =>
  worker.hostId === null || host === null || worker.hostId === host;
