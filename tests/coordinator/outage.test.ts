/** A host whose log goes away: it goes on by itself, loses nothing, and does it all again when the log is back. */

import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditSchema } from '../../src/contract/audit.ts';
import { momentSchema } from '../../src/contract/moment.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { HostId, Seq } from '../../src/core/ids.ts';
import { isProvisional } from '../../src/core/provisional.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, createTasks, dump, host, openCompany, replay, startWorker } from './kit.ts';
import { LeavingLog } from './leaving-log.ts';

let shared: MemoryEventLog;
let log: LeavingLog;
let file: string;
let here: OpenedCompany;
let there: OpenedCompany;

beforeEach(async () => {
  shared = new MemoryEventLog();
  there = await openCompany({ log: new LeavingLog(shared, 'there'), host: 'host_there' as HostId });
  log = new LeavingLog(shared, 'here');
  file = path.join(await temporaryFolder(), 'branch.sqlite');
  here = await openHere();
});

function openHere(): Promise<OpenedCompany> {
  const openBranchStore = () => openSqliteBranchStore(file);
  return openCompany({ log, host: 'host_here' as HostId, openBranchStore });
}

const isBack = () => expect.poll(() => here.coordinator.outage).toBeNull();

async function expectSame(): Promise<void> {
  await isBack();
  await expect.poll(async () => (await dump(there.coordinator)).seq).toBe(await shared.head());
  const state = JSON.stringify(await replay(shared));
  expect(JSON.stringify(await dump(here.coordinator))).toBe(state);
  expect(JSON.stringify(await dump(there.coordinator))).toBe(state);
}

async function titles(company: OpenedCompany): Promise<string[]> {
  return (await dump(company.coordinator)).tasks.map(({ title }) => title).sort();
}

describe('what is done while the log is away', () => {
  it('is taken at once, and stands in the log when it is back', async () => {
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    const [id] = await createTasks(here, 1);
    expect(await titles(here)).toEqual(['task 1']);
    await there.as('owner', { type: 'task.create', title: 'of another host' });
    expect(await titles(there)).toEqual(['of another host']);
    log.comeBack();
    await isBack();
    expect(await titles(here)).toEqual(['of another host', 'task 1']);
    expect((await dump(here.coordinator)).tasks.map((task) => task.id)).toContain(id);
    await expectSame();
  });

  it.each(['lost', 'unanswered'] as const)(
    'stands there once when the batch under way was %s',
    async (fate) => {
      log.leave(fate);
      const ids = await createTasks(here, 3);
      await createTasks(here, 2);
      log.comeBack();
      await expectSame();
      const { tasks } = await dump(here.coordinator);
      expect(tasks).toHaveLength(5);
      expect(tasks.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      const created = (await shared.read(0 as Seq, 10_000)).filter(
        ({ event }) => event.type === 'task.created',
      );
      expect(created).toHaveLength(5);
    },
  );

  it('keeps its tokens: whoever claimed completes, then or later', async () => {
    const worker = await startWorker(here, 'ada');
    const other = await startWorker(here, 'bo');
    await createTasks(here, 2);
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    const first = await claim(here, 'ada', worker);
    const second = await claim(here, 'bo', other);
    expect(first && second && first.token < second.token && isProvisional(first.token)).toBe(true);
    if (!first || !second) return;
    await complete(here, 'ada', first);
    log.comeBack();
    await isBack();
    await complete(here, 'bo', second);
    await expectSame();
    expect((await dump(there.coordinator)).tasks.map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('is there after the host was started again, away or not', async () => {
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    await createTasks(here, 3);
    await here.coordinator.close();
    here = await openHere();
    expect(await titles(here)).toHaveLength(3);
    await createTasks(here, 1);
    await here.coordinator.close();
    log.comeBack();
    here = await openHere();
    await expectSame();
    expect(await titles(there)).toHaveLength(4);
  });

  it('becomes a conflict when it no longer fits, with all that it was', async () => {
    const [id] = await createTasks(here, 1);
    await expect.poll(() => titles(there)).toHaveLength(1);
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    await there.as('owner', { type: 'task.cancel', taskId: id ?? '', reason: 'not needed' });
    await here.as('owner', { type: 'task.prioritize', taskId: id ?? '', priority: 'URGENT' });
    log.comeBack();
    await expectSame();
    const { conflicts } = await dump(there.coordinator);
    expect(conflicts).toMatchObject([
      {
        command: { type: 'task.prioritize', taskId: id, priority: 'URGENT' },
        refusal: { code: 'WRONG_STATE' },
      },
    ]);
  });
});

it('is on record: since when, and that it is over', async () => {
  await here.coordinator.execute(host, { type: 'host.join', name: 'desk' });
  await log.leaveNow();
  const since = () => dump(here.coordinator).then(({ hosts }) => hosts[0]?.cutOffSince);
  await expect.poll(since).toBe(here.world.now());
  here.world.pass(60_000);
  log.comeBack();
  await expect.poll(since).toBe(null);
  await expectSame();
  const types = (await shared.read(0 as Seq, 10_000)).map(({ event }) => event.type);
  expect(types.slice(-2)).toEqual(['host.cut_off', 'host.came_back']);
});

it('asks for whole numbers of what stands in the log', () => {
  expect(momentSchema.safeParse({ seq: 3.5 }).success).toBe(false);
  expect(auditSchema.safeParse({ cursor: 3.5 }).success).toBe(false);
});

it('keeps what was decided on the branch when what was under way beside it led to nothing', async () => {
  const worker = await startWorker(here, 'ada');
  log.leave('lost');
  // The claim finds nothing, so there is nothing to send for it.
  const created = here.as('owner', { type: 'task.create', title: 'acked', roleId: 'sre' });
  await new Promise((resolve) => setImmediate(resolve));
  const claimed = claim(here, 'ada', worker);
  await Promise.all([created, claimed]);
  expect(await titles(here)).toEqual(['acked']);
  log.comeBack();
  await expectSame();
});

it('holds to the patience that the others had when it was cut off', async () => {
  await there.as('owner', { type: 'company.configure', policy: { host_lost_after: '6s' } });
  await createTasks(here, 1);
  const worker = await startWorker(here, 'ada');
  await log.leaveNow();
  await expect.poll(() => here.coordinator.outage).not.toBeNull();
  log.beatSentAt = performance.now() - 60_000;
  await here.as('owner', { type: 'company.configure', policy: { host_lost_after: '1h' } });
  // By then its worker has been ended, or not yet.
  expect(await claim(here, 'ada', worker).catch(() => null)).toBeNull();
  log.comeBack();
  await expectSame();
});

describe('who follows', () => {
  it('sees what is done meanwhile, and is told to go on from the last event when it was taken back', async () => {
    const seen: StoredEvent[] = [];
    const stop = new AbortController();
    const from = await shared.head();
    const following = (async () => {
      for await (const events of here.coordinator.follow(from, stop.signal)) seen.push(...events);
    })();
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    await createTasks(here, 2);
    await expect.poll(() => seen.map(({ seq }) => seq)).toEqual([from + 0.000_001, from + 0.000_002]);
    const { seq: last } = seen.at(-1) ?? { seq: from };
    expect(await here.coordinator.readEvents(last, 10)).toEqual([]);
    log.comeBack();
    await expect(following).rejects.toMatchObject({ code: 'FOLLOW_TOO_SLOW' });
    const rest: StoredEvent[] = [];
    void (async () => {
      const { seq } = seen.at(-1) ?? { seq: from };
      for await (const events of here.coordinator.follow(seq, stop.signal)) rest.push(...events);
    })();
    await expect.poll(() => rest.map(({ seq }) => seq)).toEqual([from + 1, from + 2]);
    stop.abort();
  });

  it('sees what it wants of that, after all that it wanted before', async () => {
    const seen: StoredEvent[] = [];
    const stop = new AbortController();
    const from = await shared.head();
    const wants = ({ event }: StoredEvent) => event.type === 'task.created' && event.task.title !== 'task 2';
    const following = (async () => {
      for await (const events of here.coordinator.follow(from, stop.signal, wants)) seen.push(...events);
    })();
    await createTasks(here, 2);
    await expect.poll(() => seen.map(({ seq }) => seq)).toEqual([from + 1]);
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    await createTasks(here, 3);
    const branch = [from + 2 + 0.000_001, from + 2 + 0.000_003];
    await expect.poll(() => seen.map(({ seq }) => seq)).toEqual([from + 1, ...branch]);
    log.comeBack();
    await expect(following).rejects.toMatchObject({ code: 'FOLLOW_TOO_SLOW' });
    await isBack();
    stop.abort();
  });
});

describe('claims', () => {
  it('wait until no other host can claim the same, and are of own tasks only', async () => {
    await createTasks(there, 2);
    const worker = await startWorker(here, 'ada');
    const [own] = await createTasks(here, 1);
    log.beatSentAt = performance.now();
    await log.leaveNow();
    await expect.poll(() => here.coordinator.outage).not.toBeNull();
    expect(await claim(here, 'ada', worker)).toBeNull();
    log.beatSentAt = performance.now() - 2_600;
    expect(await claim(here, 'ada', worker)).toMatchObject({ taskId: own });
    log.comeBack();
    await expectSame();
  });

  it('that had no answer are given back when they stand in the log', async () => {
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 1);
    log.leave('unanswered');
    expect(await claim(here, 'ada', worker)).toBeNull();
    log.comeBack();
    await expectSame();
    const { tasks } = await dump(here.coordinator);
    expect(tasks).toMatchObject([{ state: 'ready', attempts: [{ outcome: 'released' }] }]);
    await delay(1);
    expect(await claim(here, 'ada', worker)).not.toBeNull();
  });

  it('that are made after one without an answer stand, for that one is given back first', async () => {
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 2);
    log.leave('unanswered');
    expect(await claim(here, 'ada', worker)).toBeNull();
    const claimed = await claim(here, 'ada', worker);
    if (!claimed) throw new Error('nothing was claimed');
    await complete(here, 'ada', claimed);
    log.comeBack();
    await expectSame();
    const { tasks, conflicts } = await dump(here.coordinator);
    expect(conflicts).toEqual([]);
    expect(tasks.find(({ id }) => id === claimed.taskId)).toMatchObject({ state: 'done' });
  });

  it('end with their workers before the others count the host as lost', async () => {
    await there.as('owner', { type: 'company.configure', policy: { host_lost_after: '6s' } });
    const worker = await startWorker(here, 'ada');
    await createTasks(here, 1);
    expect(await claim(here, 'ada', worker)).not.toBeNull();
    log.beatSentAt = performance.now();
    await log.leaveNow();
    await expect
      .poll(async () => (await dump(here.coordinator)).workers, { timeout: 5_000 })
      .toMatchObject([{ state: 'stopped' }]);
    expect((await dump(here.coordinator)).tasks).toMatchObject([{ state: 'ready', lease: null }]);
    log.comeBack();
    await expectSame();
  });

  it('end with all of their workers in one step: one that is ended later would lose what it has by then', async () => {
    await there.as('owner', { type: 'company.configure', policy: { host_lost_after: '6s' } });
    const workers = [await startWorker(here, 'ada'), await startWorker(here, 'bo')];
    const ended: number[] = [];
    here.coordinator.onCommit((events) => {
      const count = events.filter(({ event }) => event.type === 'worker.stopped').length;
      if (count === 0) return;
      ended.push(count);
      log.comeBack();
    });
    log.beatSentAt = performance.now() - 60_000;
    await log.leaveNow();
    await expect.poll(() => ended.length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(ended[0]).toBe(workers.length);
    await expectSame();
  });
});
