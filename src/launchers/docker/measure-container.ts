/** What a container uses, as its engine counts it. */
import type Docker from 'dockerode';
import type { ProcessMeasure } from '../../contract/launcher.ts';

/** Null: it is gone. Never rejects. */
export async function measureContainer(container: Docker.Container): Promise<ProcessMeasure | null> {
  try {
    const { cpu_stats, memory_stats, pids_stats } = await container.stats({
      stream: false,
      'one-shot': true,
    });
    if (!memory_stats?.usage) return null;
    const cache = memory_stats.stats?.inactive_file ?? 0;
    return {
      cpuMs: Math.round((cpu_stats?.cpu_usage?.total_usage ?? 0) / 1e6),
      memory: Math.max(0, memory_stats.usage - cache),
      processes: pids_stats?.current ?? 1,
    };
  } catch {
    return null;
  }
}
