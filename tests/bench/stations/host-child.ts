/** The process of the host: opens a company and serves it on a socket until it is let go. */
import type { BenchCompany } from '../bench-company.ts';
import { openBenchCompany } from '../bench-company.ts';
import { takeOrders } from '../crew.ts';
import type { HostAddress, HostOrder } from './agentcoord-over-socket.ts';

let company: BenchCompany | null = null;

takeOrders<HostOrder, HostAddress>(
  async ({ folder, workers }) => {
    company = await openBenchCompany(folder, workers);
    const { socket, ownerToken, agents } = company;
    return { socket, ownerToken, agents };
  },
  async () => company?.close(),
);
