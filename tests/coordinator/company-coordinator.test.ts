/** Commands are decided in order, made durable together, and acknowledged only then. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EventGroup } from '../../src/contract/event-log.ts';
import type { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import type { CommandInput } from '../../src/core/command.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Seq } from '../../src/core/ids.ts';
import { dumpState, restoreState } from '../../src/core/state.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openConnection } from '../../src/log/sqlite/connection.ts';
import { openSqliteEventLog, SqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import {
  claim,
  complete,
  createTasks,
  dump,
  host,
  logFile,
  openCompany,
  replay,
  startWorker,
} from './kit.ts';

/** A log that takes its time, and remembers what it was given. */
class SlowLog extends MemoryEventLog {
  readonly batches: number[] = [];

  override async append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    this.batches.push(batch.length);
    await delay(5);
    return super.append(batch);
  }
}

const create = (title: string): CommandInput => ({ type: 'task.create', title });

describe('execute', () => {
  it('answers with the events of the command, as they stand in the log', async () => {
    const log = openSqliteEventLog(await logFile());
    const company = await openCompany({ log });
    const { seq, events } = await company.as('owner', create('one'));
    expect(events).toMatchObject([
      { event: { type: 'task.created', task: { title: 'one' } }, at: company.world.time },
      { event: { type: 'task.readied' } },
    ]);
    expect(events.at(-1)?.seq).toBe(seq);
    expect(await log.read((seq - 2) as Seq)).toEqual(events);
  });

  it('answers a command without events with the head', async () => {
    const company = await openCompany();
    const workerId = await startWorker(company, 'ada');
    const head = await company.coordinator.read((state) => state.seq);
    expect(await company.as('ada', { type: 'task.claim', workerId })).toEqual({ seq: head, events: [] });
  });

  it('refuses what is no command, saying where', async () => {
    const { coordinator } = await openCompany();
    const command = { type: 'task.create', title: '', tags: ['ok', 7] } as never;
    await expect(coordinator.execute(host, command)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/task\.create was refused: title: .*tags\.1: /),
    });
    await expect(coordinator.execute(host, null as never)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(coordinator.execute(host, { type: 'task.steal' } as never)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('refuses one of a batch without touching the others', async () => {
    const company = await openCompany();
    const before = await dump(company.coordinator);
    const results = await Promise.allSettled([
      company.as('owner', create('first')),
      company.as('ada', create('not allowed')),
      company.as('owner', create('second')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'FORBIDDEN' } });
    const after = await dump(company.coordinator);
    expect(after.tasks.map(({ title }) => title).sort()).toEqual(['first', 'second']);
    expect(after.seq).toBe(before.seq + 4);
  });

  it('decides commands in the order in which they came, each on top of the ones before', async () => {
    const company = await openCompany();
    const ada = await startWorker(company, 'ada');
    const bo = await startWorker(company, 'bo');
    await createTasks(company, 2);
    const names = [
      ['ada', ada],
      ['bo', bo],
      ['bo', bo],
    ] as const;
    const claims = await Promise.all(names.map(([name, workerId]) => claim(company, name, workerId)));
    expect(new Set(claims.map((claimed) => claimed?.taskId)).size).toBe(3);
    expect(claims[2]).toBeNull();
  });
});

describe('group commit', () => {
  it('writes what arrives together in one transaction', async () => {
    const database = openConnection(await logFile());
    const company = await openCompany({ log: new SqliteEventLog(database) });
    const observer = openConnection(database.name);
    const commits = () => Number(observer.pragma('data_version', { simple: true }));
    const before = commits();
    await createTasks(company, 64);
    expect(commits()).toBe(before + 1);
    observer.close();
  });

  it('collects what arrives while a batch is being written, up to the limit', async () => {
    const log = new SlowLog();
    const company = await openCompany({ log, maxBatch: 10 });
    await company.member('owner');
    log.batches.length = 0;
    const first = company.as('owner', create('first'));
    await delay(2);
    await Promise.all([first, createTasks(company, 25)]);
    expect(log.batches).toEqual([1, 10, 10, 5]);
  });

  it('acknowledges nothing before it is durable, and shows nothing before either', async () => {
    const log = new SlowLog();
    const company = await openCompany({ log });
    const before = await company.coordinator.read((state) => state.seq);
    let acknowledged = false;
    const asked = company.as('owner', create('one')).then(() => {
      acknowledged = true;
    });
    while (log.batches.length < 2) await delay(1);
    expect(acknowledged).toBe(false);
    expect(await log.head()).toBe(before);
    const seen = await company.coordinator.read((state) => state.seq);
    expect(await log.head()).toBe(before + 2);
    expect(seen).toBe(before + 2);
    await asked;
  });

  it('leaves other work its turn between two batches', async () => {
    const company = await openCompany({ maxBatch: 16 });
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await createTasks(company, 2_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(20);
  });
});

describe('a log that can’t be written', () => {
  it('refuses the whole batch, takes it back, and goes on once there is room', async () => {
    const database = openConnection(await logFile());
    const log = new SqliteEventLog(database);
    const company = await openCompany({ log });
    await createTasks(company, 3);
    const before = await dump(company.coordinator);
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);

    const asked = Array.from({ length: 100 }, (_, n) =>
      company.as('owner', create(`t${n} ${'x'.repeat(150)}`)),
    );
    for (const result of await Promise.allSettled(asked)) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'LOG_UNAVAILABLE' } });
    }
    expect(await dump(company.coordinator)).toEqual(before);

    database.pragma('max_page_count = 1000000');
    await createTasks(company, 2);
    expect(await dump(company.coordinator)).toEqual(await replay(log));
  });
});

describe('the state', () => {
  it('is what the events give, from the first one and from a snapshot', async () => {
    const file = await logFile();
    const first = await openCompany({ log: openSqliteEventLog(file), snapshotEvery: 50 });
    const workerId = await startWorker(first, 'ada');
    await createTasks(first, 40);
    for (let n = 0; n < 20; n += 1) {
      const claimed = await claim(first, 'ada', workerId);
      if (claimed) await complete(first, 'ada', claimed);
    }
    const live = await dump(first.coordinator);
    await first.coordinator.close();

    const log = openSqliteEventLog(file);
    const snapshot = await log.loadSnapshot(1);
    expect(snapshot?.seq).toBeGreaterThan(0);
    expect(await replay(log)).toEqual(live);
    const second = await openCompany({ log });
    expect(await dump(second.coordinator)).toEqual(live);
    // It goes on where the first one stopped.
    expect((await second.as('owner', create('next'))).seq).toBe(live.seq + 2);
  });

  it('reaches a client whole by a snapshot and what follows it', async () => {
    const company = await openCompany({ maxBatch: 7 });
    const end = new AbortController();
    const clients = Array.from({ length: 4 }, async (_, n) => {
      await delay(n * 3);
      const state = restoreState(structuredClone(await dump(company.coordinator)));
      for await (const events of company.coordinator.follow(state.seq, end.signal)) {
        for (const event of events) {
          expect(event.seq).toBe(state.seq + 1);
          evolve(state, event);
        }
        if (state.tasks.size === 300) break;
      }
      return dumpState(state);
    });
    for (let n = 0; n < 30; n += 1) {
      await createTasks(company, 10);
      await delay(1);
    }
    const live = await dump(company.coordinator);
    for (const state of await Promise.all(clients)) expect(state).toEqual(live);
    end.abort();
  });

  it('is not built from events of a newer version', async () => {
    const file = await logFile();
    const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
    await coordinator.close();
    const database = openConnection(file);
    database.exec('UPDATE events SET version = 2 WHERE seq = 3');
    database.close();
    await expect(openCompany({ log: openSqliteEventLog(file) })).rejects.toMatchObject({
      code: 'DATABASE_TOO_NEW',
      details: { seq: 3, version: 2, known: 1 },
    });
  });

  it('is not built from events that don’t fit together', async () => {
    const file = await logFile();
    const { coordinator } = await openCompany({ log: openSqliteEventLog(file) });
    await coordinator.close();
    const database = openConnection(file);
    database.exec(
      `UPDATE events SET data = '{"type":"task.created"}', type = 'task.created'
       WHERE seq = (SELECT max(seq) FROM events)`,
    );
    database.close();
    await expect(openCompany({ log: openSqliteEventLog(file) })).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      message: expect.stringContaining('task.created'),
    });
  });
});

describe('two hosts on one log', () => {
  it('never lease a task twice, and both end with the state of the log', async () => {
    const log = new MemoryEventLog();
    const one = await openCompany({ log });
    const workers = { ada: await startWorker(one, 'ada'), bo: await startWorker(one, 'bo') };
    await createTasks(one, 60);
    const two = await openCompany({ log });

    const work = async (company: typeof one, name: 'ada' | 'bo') => {
      const taken: string[] = [];
      for (;;) {
        const claimed = await claim(company, name, workers[name]);
        if (!claimed) return taken;
        taken.push(claimed.taskId);
        await complete(company, name, claimed);
      }
    };
    const taken = (await Promise.all([work(one, 'ada'), work(two, 'bo')])).flat();
    expect(taken).toHaveLength(60);
    expect(new Set(taken).size).toBe(60);

    const events = await log.read(0 as Seq, 10_000);
    const claims = events.filter(({ event }) => event.type === 'task.claimed');
    expect(claims).toHaveLength(60);
    // Whoever changes something that the other one changed last folds all of it first.
    await touchTheCompany(one.coordinator, two.coordinator);
    const state = await replay(log);
    expect(await dump(one.coordinator)).toEqual(state);
  });
});

/** Each changes the same thing, so that the first one must fold what the second one did. */
async function touchTheCompany(...coordinators: CompanyCoordinator[]): Promise<void> {
  for (const coordinator of [...coordinators, ...coordinators.slice(0, 1)]) {
    const memberId = await coordinator.read((state) => state.company?.ownerId);
    if (!memberId) throw new Error('there is no company');
    const name = `Small Co ${Math.random()}`;
    await coordinator.execute({ kind: 'member', memberId }, { type: 'company.configure', name });
  }
}

describe('close', () => {
  it('settles what was asked, refuses what comes later, ends what follows', async () => {
    const file = await logFile();
    const company = await openCompany({ log: openSqliteEventLog(file) });
    const following = (async () => {
      let last = 0;
      for await (const events of company.coordinator.follow(0 as Seq, new AbortController().signal)) {
        last = events.at(-1)?.seq ?? last;
      }
      return last;
    })();
    const memberId = await company.member('owner');
    const asked = company.coordinator.execute({ kind: 'member', memberId }, create('last'));
    await Promise.resolve();
    const closed = company.coordinator.close();
    await expect(
      company.coordinator.execute({ kind: 'member', memberId }, create('late')),
    ).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE', message: expect.stringContaining('stopping') });
    const { seq } = await asked;
    await closed;
    expect(await following).toBeLessThanOrEqual(seq);
    const log = openSqliteEventLog(file);
    expect(await log.head()).toBe(seq);
    await log.close();
  });
});
