/** Commands are decided in order, made durable together, and acknowledged only then. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EventGroup } from '../../src/contract/event-log.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { Seq } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openConnection } from '../../src/log/sqlite/connection.ts';
import { openSqliteEventLog, SqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { claim, createTasks, dump, host, logFile, openCompany, replay, startWorker } from './kit.ts';

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
    ]);
    expect(events.at(-1)?.seq).toBe(seq);
    expect(await log.read((seq - 1) as Seq)).toEqual(events);
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
      message: expect.stringMatching(
        /task\.create was refused: the title is empty; entry 2 of tags must be text/,
      ),
      details: {
        faults: [expect.objectContaining({ at: 'title' }), expect.objectContaining({ at: 'tags.1' })],
      },
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
    // An event of each task, and the refusal.
    expect(after.seq).toBe(before.seq + 3);
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
    expect(await log.head()).toBe(before + 1);
    expect(seen).toBe(before + 1);
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
