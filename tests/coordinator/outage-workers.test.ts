/** Two hosts that are cut off at once have work for the same agents: what each did counts when they are back. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostApart, HostsApart } from './hosts-apart.ts';
import { expectSame, openHostsApart } from './hosts-apart.ts';
import type { Claimed } from './kit.ts';
import { claim, complete, createTasks, dump, startWorker } from './kit.ts';

let hosts: HostsApart;

beforeEach(async () => {
  hosts = await openHostsApart();
});

async function begin(at: HostApart, name: string, tasks: number): Promise<Claimed> {
  const worker = await startWorker(at, name);
  await createTasks(at, tasks);
  for (let n = 1; n < tasks; n += 1) await complete(at, name, await claimed(at, name, worker));
  return claimed(at, name, worker);
}

async function claimed(...asked: Parameters<typeof claim>): Promise<Claimed> {
  const task = await claim(...asked);
  if (!task) throw new Error('nothing was claimed');
  return task;
}

describe('hosts that are cut off at once', () => {
  it('each start a worker for the same agent, and no work of either is lost or done again', async () => {
    const { here, there } = hosts;
    await Promise.all([here.leave(), there.leave()]);
    const held = [
      [here, await begin(here, 'ada', 3)],
      [there, await begin(there, 'ada', 3)],
    ] as const;
    await there.comeBack();
    await here.comeBack();
    const { conflicts, workers, tasks } = await dump(here.coordinator);
    expect(conflicts).toEqual([]);
    expect(workers.map(({ state, hostId }) => [state, hostId]).sort()).toEqual([
      ['ready', 'host_here'],
      ['ready', 'host_there'],
    ]);
    expect(tasks.map(({ state }) => state).sort()).toEqual([
      'done',
      'done',
      'done',
      'done',
      'leased',
      'leased',
    ]);
    for (const [at, task] of held) await complete(at, 'ada', task);
    await expectSame(hosts);
    const after = (await dump(here.coordinator)).tasks;
    expect(after.map(({ state, attempts }) => [state, attempts.length])).toEqual(
      after.map(() => ['done', 1]),
    );
  });

  it('keep what was done by one whose turn it would not be now', async () => {
    const { here, there } = hosts;
    await here.leave();
    await createTasks(here, 1);
    here.world.pass(60_000);
    const worker = await startWorker(here, 'eve');
    await complete(here, 'eve', await claimed(here, 'eve', worker));
    await startWorker(there, 'ada');
    await here.comeBack();
    await expectSame(hosts);
    const { tasks, conflicts } = await dump(here.coordinator);
    expect([tasks.map(({ state }) => state), conflicts]).toEqual([['done'], []]);
  });

  it('keep what was done by a worker that somebody elsewhere drained meanwhile', async () => {
    const { here, there } = hosts;
    const worker = await startWorker(here, 'ada');
    await expect.poll(async () => (await dump(there.coordinator)).workers[0]?.state).toBe('ready');
    await here.leave();
    await there.as('owner', { type: 'worker.drain', workerId: worker });
    await createTasks(here, 1);
    await complete(here, 'ada', await claimed(here, 'ada', worker));
    await here.comeBack();
    await expectSame(hosts);
    const { tasks, conflicts } = await dump(here.coordinator);
    expect([tasks.map(({ state }) => state), conflicts]).toEqual([['done'], []]);
  });

  it('start none for an agent that has its worker elsewhere, as far as they know', async () => {
    const { here, there } = hosts;
    await startWorker(there, 'ada');
    await expect.poll(async () => (await dump(here.coordinator)).workers).toHaveLength(1);
    await here.leave();
    await expect(startWorker(here, 'ada')).rejects.toMatchObject({ code: 'AGENT_BUSY' });
    await here.comeBack();
  });

  it('keep what a person said: nothing counts that was begun for one who is paused', async () => {
    const { here, there } = hosts;
    const worker = await startWorker(here, 'ada');
    await expect.poll(async () => (await dump(there.coordinator)).workers[0]?.state).toBe('ready');
    await here.leave();
    await there.as('owner', { type: 'member.pause', memberId: await there.member('ada'), reason: 'wait' });
    await createTasks(here, 1);
    await complete(here, 'ada', await claimed(here, 'ada', worker));
    await here.comeBack();
    await expectSame(hosts);
    const { conflicts } = await dump(here.coordinator);
    expect(conflicts.map(({ command }) => command.type)).toContain('task.complete');
  });
});
