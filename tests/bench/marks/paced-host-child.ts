/** The host of the paced run: serves a company, and watches how long its main thread is blocked and when batches are durable. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BenchCompany } from '../bench-company.ts';
import { openBenchCompany } from '../bench-company.ts';
import { monotonicMs } from '../clock.ts';
import { takeOrders } from '../crew.ts';
import type { HostAddress, HostOrder } from '../stations/agentcoord-over-socket.ts';
import { quantile } from '../statistics.ts';

export type PacedHostOrder =
  | { readonly kind: 'open'; readonly host: HostOrder }
  | { readonly kind: 'watch' | 'report' };

export interface PacedHostAnswer {
  readonly address: HostAddress | null;
  /** When each event was durable, on the clock that all processes share. */
  readonly durable: readonly (readonly [number, number])[];
  /** How long the main thread was blocked, in ms: by the event loop's own monitor, and by a probe of a timer each ms. */
  readonly monitor: { readonly p99: number; readonly max: number };
  readonly probe: { readonly p99: number; readonly max: number };
}

const probeEveryMs = 1;

let company: BenchCompany | null = null;
let monitor: ReturnType<typeof monitorEventLoopDelay> | null = null;
let stalls: number[] = [];
let durable: (readonly [number, number])[] = [];

function watch(): void {
  stalls = [];
  durable = [];
  monitor?.disable();
  monitor = monitorEventLoopDelay({ resolution: probeEveryMs });
  monitor.enable();
  let last = monotonicMs();
  setInterval(() => {
    const now = monotonicMs();
    stalls.push(now - last - probeEveryMs);
    last = now;
  }, probeEveryMs);
  company?.company.coordinator.onCommit((events) => {
    const at = monotonicMs();
    for (const { seq } of events) durable.push([seq, at]);
  });
}

function report(address: HostAddress | null): PacedHostAnswer {
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - probeEveryMs);
  return {
    address,
    durable,
    monitor: { p99: ms(monitor?.percentile(99) ?? 0), max: ms(monitor?.max ?? 0) },
    probe: { p99: quantile(stalls, 0.99), max: quantile(stalls, 1) },
  };
}

takeOrders<PacedHostOrder, PacedHostAnswer>(
  async (order) => {
    if (order.kind === 'open') {
      company = await openBenchCompany(order.host.folder, order.host.workers);
      const { socket, ownerToken, agents } = company;
      return report({ socket, ownerToken, agents });
    }
    if (order.kind === 'watch') watch();
    return report(null);
  },
  async () => company?.close(),
);
