/** A data directory that goes on under another name, such as a backup that was put back: what it held runs out all the same. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { HostId } from '../../src/core/ids.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { createSmall, openSessionHost } from './session-host.ts';

it('frees its locks, ends its workers, and gives its tasks to others', async () => {
  const before = await openSessionHost(undefined, {}, 'host_before' as HostId);
  const company = await createSmall(before, 'Acme');
  const ada = await before.owner('Acme');
  await ada.actAs({ member: 'ada', pid: process.pid });
  await ada.command({ type: 'lock.acquire', scope: 'src/**', intent: 'to change it' });
  const owner = await before.owner('Acme');
  await owner.command({ type: 'task.create', title: 'Build it', roleId: 'engineer' });
  const { events } = await ada.command({ type: 'task.claim' });
  expect(events).toMatchObject([{ event: { type: 'task.claimed' } }]);
  const dump = () => company.coordinator.read((state) => ({ locks: state.locks.size }));
  expect(await dump()).toEqual({ locks: 1 });

  // As it is while the host runs: what is in the write-ahead log belongs to it.
  const folder = path.join(await temporaryFolder(), 'companies');
  await cp(before.folder, folder, { recursive: true });

  const after = await openSessionHost(folder, {}, 'host_after' as HostId);
  const copied = await after.companies.find('Acme');
  const seen = () =>
    copied?.coordinator.read((state) => ({
      locks: state.locks.size,
      workers: [...state.workers.values()].map((worker) => worker.state),
      tasks: [...state.tasks.values()].map((task) => [task.state, task.lease]),
    }));
  await expect.poll(seen).toEqual({ locks: 0, workers: ['crashed'], tasks: [['blocked', null]] });
  after.world.pass(60_000);
  await copied?.coordinator.execute({ kind: 'host' }, { type: 'tick' });
  expect(await seen()).toMatchObject({ tasks: [['ready', null]] });
  const bo = await after.owner('Acme');
  await bo.actAs({ member: 'bo', pid: process.pid });
  expect((await bo.command({ type: 'task.claim' })).events).toMatchObject([
    { event: { type: 'task.claimed' } },
  ]);
});
