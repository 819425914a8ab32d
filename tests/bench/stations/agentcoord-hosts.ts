/** AgentCoord on several hosts that share a company through Redis, each a process with workers of its own. */
import path from 'node:path';
import type { OpenStation } from '../contender.ts';
import { Crew } from '../crew.ts';
import { shares } from '../share.ts';
import type { Shift } from '../shift.ts';
import { roundOf } from '../shift.ts';

export type HostOrder =
  | {
      readonly kind: 'open';
      readonly folder: string;
      readonly port: number;
      readonly companyId: string;
      /** Which of the hosts: the first one creates the company. */
      readonly host: number;
      readonly hosts: number;
      /** Of each host. */
      readonly workers: number;
    }
  | { readonly kind: 'add'; readonly tasks: number }
  | { readonly kind: 'work' };

let opened = 0;

export function openHosts(hosts: number): OpenStation {
  return async (workers, { folder, redisPort }) => {
    opened += 1;
    const companyId = `company_hosts_${process.pid}_${opened}`;
    const crew = new Crew<HostOrder, Shift>(path.join(import.meta.dirname, 'redis-host-child.ts'), hosts);
    const place = {
      kind: 'open',
      folder,
      port: redisPort,
      companyId,
      hosts,
      workers: workers / hosts,
    } as const;
    await crew.each((host) => ({ ...place, host }));
    return {
      run: async (tasks) => {
        const toAdd = shares(tasks, hosts);
        const added = await crew.all((n) => ({ kind: 'add', tasks: toAdd[n] ?? 0 }));
        return roundOf(added, await crew.all(() => ({ kind: 'work' })));
      },
      close: () => crew.dismiss(),
    };
  };
}
