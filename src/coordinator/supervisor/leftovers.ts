/** Ends the workers that an earlier run of this host left behind: nobody would stop them, and their tasks would wait. */
import type { Launcher } from '../../contract/launcher.ts';
import { endableBy } from '../../core/host/among-hosts.ts';
import type { WorkerId } from '../../core/ids.ts';
import { externalLauncher } from '../../core/worker/worker.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { launcherNamed } from './launcher-named.ts';

interface Ports {
  readonly coordinator: Pick<CompanyCoordinator, 'execute' | 'read' | 'host' | 'hostAmongOthers'>;
  readonly launchers: readonly [Launcher, ...Launcher[]];
  readonly onFault: (error: unknown) => void;
}

export async function endLeftovers(ports: Ports): Promise<void> {
  const { coordinator, launchers } = ports;
  const leftovers = await coordinator.read((state) => {
    const isOurs = endableBy(state, coordinator.hostAmongOthers);
    return [...state.workers.values()].filter(
      ({ launcher: by, endedAt, hostId }) => endedAt === null && by !== externalLauncher && isOurs(hostId),
    );
  });
  for (const { id, pid, hostId, launcher: by } of leftovers) {
    // What runs under another name belongs to another data directory, of which this one is a copy.
    const isOwn = hostId === null || hostId === coordinator.host;
    const killed = isOwn && (await killLeftover(ports, launcherNamed(launchers, by), { id, pid }));
    const reason = `its host ended without stopping it${killed ? '; killed by the next one' : ''}`;
    const end = { type: 'worker.end', workerId: id, outcome: 'crashed', reason } as const;
    await coordinator.execute({ kind: 'host' }, end);
  }
}

/** An engine that does not answer keeps nobody from working: what it still runs has a token of no worth. */
async function killLeftover(
  { onFault }: Ports,
  launcher: Launcher,
  { id, pid }: { readonly id: WorkerId; readonly pid: number | null },
): Promise<boolean> {
  try {
    return await launcher.killLeftover(id, pid);
  } catch (error) {
    onFault(error);
    return false;
  }
}
