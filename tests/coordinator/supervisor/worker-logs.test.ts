/** The logs of workers go when nobody can ask for them any more, and never take more than so much of the disk. */
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sweepLogs } from '../../../src/coordinator/supervisor/worker-logs.ts';
import { ms } from '../../../src/core/units.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { superviseCompany } from '../../worker/supervised-company.ts';

async function logs(files: Readonly<Record<string, number>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [at, [name, bytes]] of Object.entries(files).entries()) {
    await writeFile(path.join(folder, name), Buffer.alloc(bytes));
    // The later in the list, the newer.
    await utimes(path.join(folder, name), 1_000 + at, 1_000 + at);
  }
  return folder;
}

const kept = {
  isKnown: (id: string) => id !== 'worker_forgotten',
  isLive: (id: string) => id === 'worker_live',
};

it.each([
  [
    'those of workers that the company has forgotten',
    { 'worker_forgotten.log': 1, 'worker_forgotten.log.1': 1, 'worker_a.log': 1, 'notes.txt': 1 },
    ['notes.txt', 'worker_a.log'],
  ],
  [
    'the oldest beyond the limit',
    { 'worker_a.log': 40, 'worker_b.log.1': 40, 'worker_b.log': 40, 'worker_c.log': 40 },
    ['worker_b.log', 'worker_c.log'],
  ],
  [
    'nothing of a worker that lives, however old and large',
    { 'worker_live.log.1': 400, 'worker_live.log': 400, 'worker_a.log': 40 },
    ['worker_a.log', 'worker_live.log', 'worker_live.log.1'],
  ],
])('removes %s', async (_what, files, left) => {
  const folder = await logs(files);
  expect(await sweepLogs(folder, kept, 100)).toBe(Object.keys(files).length - left.length);
  expect((await readdir(folder)).sort()).toEqual(left);
});

it('has nothing to do where no worker has written', async () => {
  expect(await sweepLogs(path.join(await temporaryFolder(), 'none'), kept)).toBe(0);
});

it('is done when a host starts, and again when workers have ended', async () => {
  const names = async (folder: string) => (await readdir(folder)).sort();
  const { company, owner, until, workers, faults } = await superviseCompany({
    settings: { idleAfter: ms(1), logs: { patience: 1, mostBytes: 1_000_000 } },
    prepare: async ({ company: { workersFolder } }) => {
      await mkdir(workersFolder, { recursive: true });
      await writeFile(
        path.join(workersFolder, 'worker_before.log'),
        'of a worker that nobody knows any more',
      );
    },
  });
  const folder = company.workersFolder;
  expect(await names(folder)).toEqual([]);
  await writeFile(path.join(folder, 'worker_later.log'), 'forgotten while the host runs');
  await owner.command({ type: 'task.create', title: 'Short', roleId: 'engineer' });
  await until((state) => [...state.workers.values()].some(({ endedAt }) => endedAt !== null));
  const [worker] = await workers();
  await expect.poll(() => names(folder), { timeout: 20_000 }).toEqual([`${worker?.id}.log`]);
  expect(faults).toEqual([]);
});
