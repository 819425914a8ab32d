/** AgentCoord with a host in one process and workers in others, over the Unix socket. */
import path from 'node:path';
import type { BenchAgent } from '../bench-company.ts';
import type { OpenStation } from '../contender.ts';
import { Crew } from '../crew.ts';
import { shares } from '../share.ts';
import type { Shift } from '../shift.ts';
import { roundOf } from '../shift.ts';

/** More workers than this share processes. */
export const maxProcesses = 32;

export interface HostOrder {
  readonly folder: string;
  readonly workers: number;
}

export interface HostAddress {
  readonly socket: string;
  readonly ownerToken: string;
  readonly agents: readonly BenchAgent[];
}

export type AgentOrder =
  | ({ readonly kind: 'connect' } & HostAddress)
  | { readonly kind: 'add'; readonly tasks: number }
  | { readonly kind: 'work' };

export const openOverSocket: OpenStation = async (workers, { folder }) => {
  const host = new Crew<HostOrder, HostAddress>(path.join(import.meta.dirname, 'host-child.ts'), 1);
  const processes = Math.min(workers, maxProcesses);
  const crew = new Crew<AgentOrder, Shift>(path.join(import.meta.dirname, 'agent-child.ts'), processes);
  const [address] = await host.all(() => ({ folder, workers }));
  if (!address) throw new Error('the host gave no address');
  const each = workers / processes;
  await crew.all((n) => ({
    kind: 'connect',
    ...address,
    agents: address.agents.slice(n * each, (n + 1) * each),
  }));
  return {
    run: async (tasks) => {
      const toAdd = shares(tasks, processes);
      const added = await crew.all((n) => ({ kind: 'add', tasks: toAdd[n] ?? 0 }));
      return roundOf(added, await crew.all(() => ({ kind: 'work' })));
    },
    close: async () => {
      await crew.dismiss();
      await host.dismiss();
    },
  };
};
