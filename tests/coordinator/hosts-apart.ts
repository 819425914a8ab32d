/** Two hosts of the small company, in one process, each of which can be cut off from the log that they share. */
import path from 'node:path';
import { expect } from 'vitest';
import type { HostId } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { OpenedCompany } from './kit.ts';
import { dump, openCompany, replay } from './kit.ts';
import { LeavingLog } from './leaving-log.ts';

export interface HostApart extends OpenedCompany {
  readonly log: LeavingLog;
  /** What it keeps of an outage. */
  readonly branchFile: string;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

export interface HostsApart {
  readonly shared: MemoryEventLog;
  readonly here: HostApart;
  readonly there: HostApart;
}

export async function openHostsApart(): Promise<HostsApart> {
  const shared = new MemoryEventLog();
  const folder = await temporaryFolder();
  const there = await openHost(
    new LeavingLog(shared, 'there'),
    'host_there',
    path.join(folder, 'there.sqlite'),
  );
  const here = await openHost(new LeavingLog(shared, 'here'), 'host_here', path.join(folder, 'here.sqlite'));
  return { shared, here, there };
}

/** Opens it, or opens it again after it was closed. */
export async function openHost(log: LeavingLog, host: string, branchFile: string): Promise<HostApart> {
  const opened = await openCompany({
    log,
    host: host as HostId,
    openBranchStore: () => openSqliteBranchStore(branchFile),
  });
  const { coordinator } = opened;
  return {
    ...opened,
    log,
    branchFile,
    leave: async () => {
      await log.leaveNow();
      await expect.poll(() => coordinator.outage).not.toBeNull();
    },
    comeBack: async () => {
      log.comeBack();
      await expect.poll(() => coordinator.outage).toBeNull();
    },
  };
}

/** Both have what folding the log from its first event gives. */
export async function expectSame({ shared, here, there }: HostsApart): Promise<void> {
  const state = await replay(shared);
  for (const { coordinator } of [here, there]) {
    await expect.poll(async () => (await dump(coordinator)).seq).toBe(state.seq);
    expect(JSON.stringify(await dump(coordinator))).toBe(JSON.stringify(state));
  }
}
