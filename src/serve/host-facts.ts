/** Gathers what a host says of itself. */
import { hostname } from 'node:os';
import manifest from '../../package.json' with { type: 'json' };
import type { HostFacts } from '../contract/host-facts.ts';
import type { EpochMs } from '../core/units.ts';
import type { LockHolder } from '../log/sqlite/data-dir-lock.ts';

export interface HostPlace {
  readonly dataDir: string;
  readonly holder: LockHolder;
  readonly url: string | null;
}

export function hostFacts({ dataDir, holder, url }: HostPlace): HostFacts {
  const { versions, platform, arch } = process;
  const electron = versions['electron'];
  return {
    version: manifest.version,
    name: holder.name,
    machine: hostname(),
    system: `${platform} ${arch}`,
    runtime: electron === undefined ? `Node ${versions.node}` : `Electron ${electron}`,
    pid: holder.pid,
    startedAt: Date.parse(holder.startedAt) as EpochMs,
    dataDir,
    url,
  };
}
