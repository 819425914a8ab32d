/** Signs of life during an outage: the last of each worker is kept, and stands for all of them. */
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkerId } from '../../src/core/ids.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import type { HostApart, HostsApart } from './hosts-apart.ts';
import { expectSame, openHost, openHostsApart } from './hosts-apart.ts';
import { claim, complete, createTasks, dump, host, startWorker } from './kit.ts';

const heartbeat = 15_000;

let hosts: HostsApart;

beforeEach(async () => {
  hosts = await openHostsApart();
});

async function beat(
  { as, world }: HostApart,
  name: string,
  workerId: WorkerId,
  times: number,
): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    world.pass(heartbeat);
    await as(name, { type: 'worker.beat', workerId });
  }
}

const deeds = ({ coordinator }: HostApart) => coordinator.outage?.deeds;

describe('signs of life', () => {
  it('are one deed of each worker, however many there were', async () => {
    const { here } = hosts;
    const ada = await startWorker(here, 'ada');
    const bo = await startWorker(here, 'bo');
    await here.leave();
    await beat(here, 'ada', ada, 1_000);
    expect(deeds(here)).toBe(1);
    await beat(here, 'bo', bo, 2);
    expect(deeds(here)).toBe(2);
    const { workers } = await dump(here.coordinator);
    expect(workers.find(({ id }) => id === bo)?.lastSeenAt).toBe(here.world.now());
    const from = await hosts.shared.head();
    await here.comeBack();
    await expectSame(hosts);
    const types = (await hosts.shared.read(from, 10_000)).map(({ event }) => event.type);
    expect(types.filter((type) => type === 'worker.seen')).toHaveLength(2);
  });

  it('hold a lease that they renewed, also against a tick between them', async () => {
    const { here } = hosts;
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 1);
    await here.leave();
    const claimed = await claim(here, 'ada', worker);
    if (!claimed) throw new Error('nothing was claimed');
    await beat(here, 'ada', worker, 10);
    // Something else that was due there, long after the time that the claim had been given.
    await here.as('owner', { type: 'task.create', title: 'later', roleId: 'sre' });
    await lockThatExpires(here);
    expect(
      (await here.coordinator.execute(host, { type: 'tick' })).events.map(({ event }) => event.type),
    ).toEqual(['lock.released']);
    await beat(here, 'ada', worker, 1);
    await complete(here, 'ada', claimed);
    await here.comeBack();
    await expectSame(hosts);
    const { tasks, conflicts, locks } = await dump(here.coordinator);
    expect(tasks.map(({ title, state }) => [title, state])).toContainEqual(['task 1', 'done']);
    expect([conflicts, locks]).toEqual([[], []]);
  });

  it('show the same after the host was started again, and no number is given twice', async () => {
    let { here } = hosts;
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 2);
    await here.leave();
    await beat(here, 'ada', worker, 50);
    const first = await claim(here, 'ada', worker);
    if (!first) throw new Error('nothing was claimed');
    const before = await dump(here.coordinator);
    const { log, branchFile, world } = here;
    await here.coordinator.close();
    here = await openHost(log, 'host_here', branchFile);
    here.world.time = world.time;
    const after = await dump(here.coordinator);
    expect([after.seq, after.workers]).toEqual([before.seq, before.workers]);
    expect(after.tasks.find(({ id }) => id === first.taskId)?.lease?.token).toBe(first.token);
    await complete(here, 'ada', first);
    const second = await claim(here, 'ada', worker);
    expect(second && second.token > first.token).toBe(true);
    await here.comeBack();
    await expectSame({ ...hosts, here });
    expect((await dump(here.coordinator)).conflicts).toEqual([]);
  });
});

/** The owner locks something for 10 s, which pass. */
async function lockThatExpires({ coordinator, member, world }: HostApart): Promise<void> {
  const owner = { kind: 'member', memberId: await member('owner'), sessionId: 'session_1' as never } as const;
  await coordinator.execute(owner, { type: 'lock.acquire', scope: 'src', intent: 'to write', ttl: 10_000 });
  world.pass(10_000);
}

it('a store of an earlier version is taken over as it is', async () => {
  const { branchFile } = hosts.here;
  await hosts.here.leave();
  await createTasks(hosts.here, 2);
  await hosts.here.coordinator.close();
  const database = new Database(branchFile);
  database.exec(
    'DROP INDEX deeds_last_of; DROP INDEX deeds_batch; ALTER TABLE deeds DROP COLUMN last_of; PRAGMA user_version = 1',
  );
  database.close();
  const store = openSqliteBranchStore(branchFile);
  expect(store.after(0, 10).map(({ lastOf, deed }) => [lastOf, deed.kind])).toEqual([
    [null, 'command'],
    [null, 'command'],
  ]);
  store.close();
});
