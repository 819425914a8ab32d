/** On a disk that takes no writes a host refuses in plain words, changes nothing, and works again when the disk does. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { runAgentcoord } from '../cli/run-agentcoord.ts';
import { smallCompany } from '../real-company.ts';
import { AckedEvents } from './acked-events.ts';
import { inThisRun, timeout } from './chaos-run.ts';
import { mountFailingDisk } from './failing-disk.ts';
import { chainFaultIn, onlyLogIn, readLogFile } from './log-file.ts';
import type { ServedHost } from './served-host.ts';
import { connectOwner, startHost } from './served-host.ts';
import { mountSmallDisk } from './small-disk.ts';

const refused = /DATA_DIR_UNUSABLE: .* its disk is read-only\. Mend that, or name another one/;
const tasks = inThisRun({ short: 20, long: 2_000 });

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'does not start on a read-only disk that a host left by %s, and leaves it as it is',
  { timeout },
  async (signal) => {
    const disk = await mountSmallDisk(64);
    const dataDir = `${disk.folder}/data`;
    const acked = new AckedEvents();
    const host = await startWithTasks(dataDir, acked);
    await host.end(signal);
    const file = await onlyLogIn(dataDir);
    const before = await readFile(file);

    disk.setReadOnly(true);
    await expect(startHost(dataDir).ready).rejects.toThrow(refused);
    const run = await runAgentcoord(['status', '--data-dir', dataDir]);
    expect(run.stderr).toMatch(refused);
    expect(run.code).not.toBe(0);
    expect(before.equals(await readFile(file))).toBe(true);

    disk.setReadOnly(false);
    await expectAllThereAndMore(dataDir, acked);
  },
);

it('takes no command while its disk takes no write, and has all it acked when the disk is back', {
  timeout,
}, async () => {
  const disk = await mountFailingDisk(64);
  const dataDir = `${disk.folder}/data`;
  const acked = new AckedEvents();
  const host = await startWithTasks(dataDir, acked);
  const client = await connectOwner(dataDir);

  await disk.fail();
  for (let n = 0; n < 3; n += 1) {
    await expect(client.command({ type: 'task.create', title: `refused ${n}` })).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(
        /^Nothing was written: .* can’t be written .*Check the disk, then try again/,
      ),
    });
  }
  expect(await client.query('tasks', { limit: 1_000 })).toHaveLength(Math.min(tasks, 1_000));
  await host.end('SIGTERM');
  expect(host.said()).toMatch(refused);
  expect(host.said()).not.toContain('INTERNAL');

  disk.repair();
  await expectAllThereAndMore(dataDir, acked);
  const { textBySeq } = readLogFile(await onlyLogIn(dataDir));
  expect([...textBySeq.values()].filter((text) => text.includes('"refused '))).toEqual([]);
});

async function startWithTasks(dataDir: string, acked: AckedEvents): Promise<ServedHost> {
  const host = startHost(dataDir);
  await host.ready;
  const client = await connectOwner(dataDir);
  await client.createCompany({ from: { file: smallCompany() } });
  for (let n = 1; n <= tasks; n += 1)
    acked.note(await client.command({ type: 'task.create', title: `task ${n}` }));
  client.close();
  return host;
}

async function expectAllThereAndMore(dataDir: string, acked: AckedEvents): Promise<void> {
  const host = startHost(dataDir);
  await host.ready;
  const client = await connectOwner(dataDir);
  acked.note(await client.command({ type: 'task.create', title: 'works again' }));
  client.close();
  await host.end('SIGTERM');
  const file = await onlyLogIn(dataDir);
  const { integrity, textBySeq } = readLogFile(file);
  expect(integrity).toBe('ok');
  expect(acked.lostFrom(textBySeq)).toEqual([]);
  expect(await chainFaultIn(file)).toBeNull();
}
