/** The figures of a host: those of each of its companies, and of the process itself. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ChannelDesk } from '../../contract/channels.ts';
import type { Companies } from '../../coordinator/companies.ts';
import type { CompanyId } from '../../core/ids.ts';
import { CompanyMetrics } from './company-metrics.ts';
import type { Family } from './exposition.ts';
import { expositionOf } from './exposition.ts';

export interface HostMetrics {
  /** In the text format of Prometheus. */
  text(of: readonly CompanyId[]): Promise<string>;
  close(): void;
}

export function openHostMetrics(companies: Companies, channels: ChannelDesk, version: string): HostMetrics {
  const open = new Map<CompanyId, CompanyMetrics>();
  const stopListening = companies.onOpen((company) => {
    open.get(company.id)?.stop();
    open.set(company.id, new CompanyMetrics(company, channels));
  });
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return {
    text: async (of) => {
      const ours = [...open].filter(([id]) => of.includes(id));
      const families = await Promise.all(ours.map(([, metrics]) => metrics.families()));
      const text = expositionOf([
        ...families.flat(),
        ...processFamilies(version, delay.percentile(99) / 1e9),
      ]);
      delay.reset();
      return text;
    },
    close: () => {
      stopListening();
      delay.disable();
      for (const metrics of open.values()) metrics.stop();
    },
  };
}

/** @param lag how late the event loop was since it was last asked, in seconds, in 99 of 100 cases at most */
function processFamilies(version: string, lag: number): Family[] {
  const { user, system } = process.cpuUsage();
  const one = (name: string, type: 'counter' | 'gauge', help: string, value: number): Family => ({
    ...{ name, type, help, samples: [{ labels: {}, value }] },
  });
  return [
    {
      ...{ name: 'agentcoord_build_info', type: 'gauge', help: 'The version that runs.' },
      samples: [{ labels: { version }, value: 1 }],
    },
    one('process_cpu_seconds_total', 'counter', 'Processor time of the host.', (user + system) / 1e6),
    one('process_resident_memory_bytes', 'gauge', 'Memory of the host.', process.memoryUsage.rss()),
    one(
      'process_start_time_seconds',
      'gauge',
      'When the host started.',
      (Date.now() - performance.now()) / 1_000,
    ),
    one(
      'agentcoord_event_loop_lag_seconds',
      'gauge',
      'How late the event loop was since the last look, 99th percentile.',
      lag,
    ),
  ];
}
