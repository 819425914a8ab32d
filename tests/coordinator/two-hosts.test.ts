/** Two coordinators on one log: what one of them did not know of is folded, and decided on again. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import type { CommandInput } from '../../src/core/command.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { MemberId, Seq, SessionId, TaskId, WorkerId } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, createTasks, dump, openCompany, replay, startWorker } from './kit.ts';

/** Answers what is asked of it only while its gate is open, and in pages of a few events when that is said. */
class GatedLog extends MemoryEventLog {
  gate: Promise<void> = Promise.resolve();
  page: number | undefined;

  override async read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    await this.gate;
    if (this.page !== undefined) await delay(1);
    return super.read(after, this.page ?? limit);
  }
}

/** Known to be shared, as a log in Redis is; what is followed can be that of a newer program. */
class SharedLog extends MemoryEventLog {
  override readonly isShared = true;
  isNewer = false;

  override async *follow(after: Seq, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[]> {
    for await (const events of super.follow(after, signal)) {
      yield this.isNewer ? events.map((stored) => ({ ...stored, version: 99 })) : events;
    }
  }
}

/** Shared, and holds what is appended until it is let go. */
class HeldLog extends SharedLog {
  #isHolding = false;
  readonly held: (() => void)[] = [];

  override async append(...[batch]: Parameters<MemoryEventLog['append']>) {
    if (this.#isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    return super.append(batch);
  }

  /** Lets the next one go, once it is there. */
  async letGo(): Promise<void> {
    await expect.poll(() => this.held.length).toBe(1);
    this.held.shift()?.();
  }

  async meanwhile(act: () => Promise<unknown>): Promise<void> {
    this.#isHolding = false;
    await act();
    this.#isHolding = true;
  }

  hold(isHolding: boolean): void {
    this.#isHolding = isHolding;
    if (!isHolding) for (const go of this.held.splice(0)) go();
  }
}

/** The same, and notes how many groups each batch of a host has. */
class CountingLog extends HeldLog {
  readonly sizes: number[] = [];

  override async append(...[batch]: Parameters<MemoryEventLog['append']>) {
    this.sizes.push(batch.length);
    return super.append(batch);
  }
}

describe('a host that is asked much at once', () => {
  it('decides one half while the other is on its way, unless others append between them', async () => {
    const log = new CountingLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    const burst = async () => {
      log.sizes.length = 0;
      const give = (n: number) => one.as('owner', { type: 'task.create', title: `task ${n}` });
      await Promise.all(Array.from({ length: 64 }, (_, n) => give(n)));
      return log.sizes[0];
    };
    expect(await burst()).toBe(32);
    log.hold(true);
    const late = createTasks(one, 1);
    await expect.poll(() => log.held.length).toBe(1);
    await log.meanwhile(() => createTasks(two, 1));
    log.hold(false);
    await late;
    expect(await burst()).toBe(64);
    for (let n = 0; n < 8; n += 1) await createTasks(one, 1);
    expect(await burst()).toBe(32);
  });
});

describe('a host that is asked nothing', () => {
  it('hears of what the other one does', async () => {
    const log = new SharedLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    const heard: string[] = [];
    two.coordinator.onCommit((events) => heard.push(...events.map(({ event }) => event.type)));
    await createTasks(one, 3);
    await expect.poll(() => heard).toEqual(['task.created', 'task.created', 'task.created']);
    expect(await dump(two.coordinator)).toEqual(await dump(one.coordinator));
  });

  it('hears of everything once and in order, while it works itself', async () => {
    const log = new SharedLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    const heard: Seq[] = [];
    const from = await log.head();
    two.coordinator.onCommit((events) => heard.push(...events.map(({ seq }) => seq)));
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        await delay(n % 7);
        await (n % 3 === 0 ? two : one).as('owner', { type: 'task.create', title: `t${n}` });
      }),
    );
    await expect.poll(() => heard.at(-1)).toBe(from + 200);
    expect(heard).toEqual(heard.map((_, n) => from + n + 1));
    expect(await dump(two.coordinator)).toEqual(await replay(log));
  });

  it('decides nothing any more once the log holds what only a newer program can read', async () => {
    const log = new SharedLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    log.isNewer = true;
    await one.as('owner', { type: 'task.create', title: 'of a newer program' }).catch(() => undefined);
    const head = await log.head();
    const late = () => two.as('owner', { type: 'task.create', title: 'late' });
    await expect.poll(() => late().catch(({ code }) => code)).toBe('DATABASE_TOO_NEW');
    expect(await log.head()).toBe(head);
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

  it('decide in the order in which they were asked, also what must be decided again', async () => {
    const log = new HeldLog();
    const here = await openCompany({ log });
    const ada = await startWorker(here, 'ada');
    const there = await openCompany({ log });
    const bo = await startWorker(there, 'bo');
    const [wanted = ''] = await createTasks(here, 1);
    const other = await here.as('owner', { type: 'task.create', title: 'of sam', roleId: 'sre' });
    const [created] = other.events;
    const taskId = created?.event.type === 'task.created' ? created.event.task.id : '';
    await expect.poll(() => there.coordinator.read(({ seq }) => seq)).toBe(await log.head());

    const owner = { kind: 'member', memberId: await here.member('owner') } as const;
    const engineer = { kind: 'member', memberId: await here.member('ada') } as const;

    // Also when it fails: the hosts close only after what they append is written.
    onTestFinished(() => log.hold(false));
    log.hold(true);
    const { coordinator } = here;
    const prioritize = { type: 'task.prioritize', taskId: wanted, priority: 'HIGH' } as const;
    const first = coordinator.execute(owner, prioritize);
    await delay(5);
    // On top of the first, which it would take with it: it is not sent yet.
    const second = coordinator.execute(engineer, { type: 'task.claim', workerId: ada });
    await delay(5);
    await log.meanwhile(() => there.as('bo', { type: 'task.claim', taskId: wanted, workerId: bo }));
    await log.letGo();
    await expect.poll(() => log.held.length).toBe(1);
    const third = coordinator.execute(owner, { ...prioritize, taskId, priority: 'LOW' });
    await delay(5);
    await log.letGo();
    await first;
    expect(await second).toMatchObject({ events: [] });
    await expect.poll(() => log.held.length).toBe(1);
    await log.meanwhile(() => there.as('owner', { type: 'task.prioritize', taskId, priority: 'URGENT' }));
    log.hold(false);
    await third;
    const state = await replay(log);
    expect(state.tasks.find(({ id }) => id === taskId)?.priority).toBe('LOW');
    expect(await dump(here.coordinator)).toEqual(state);
  });

  it('decide nothing while they still fold what the other did', async () => {
    const log = new GatedLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    await two.as('owner', { type: 'company.configure', name: 'By the other' });
    const owner = { kind: 'member', memberId: await one.member('owner') } as const;
    let open: () => void = () => undefined;
    log.gate = new Promise((resolve) => {
      open = resolve;
    });
    // It is refused, and what the other did is asked for.
    const configured = one.coordinator.execute(owner, { type: 'company.configure', name: 'By this one' });
    await delay(20);
    const added = one.coordinator.execute(owner, { type: 'department.add', name: 'meanwhile' });
    await delay(20);
    open();
    await Promise.all([configured, added]);
    expect(await dump(one.coordinator)).toEqual(await replay(log));
    expect(await one.coordinator.read(({ company }) => company?.name)).toBe('By this one');
  });
});

describe('a task that waits for others', () => {
  const stateOf = (company: OpenedCompany, title: string) =>
    company.coordinator.read(({ tasks }) => [...tasks.values()].find((task) => task.title === title)?.state);

  async function twoHosts() {
    const log = new MemoryEventLog();
    const one = await openCompany({ log });
    const workers = { ada: await startWorker(one, 'ada'), bo: await startWorker(one, 'bo') };
    const [first, second] = await createTasks(one, 2);
    if (!first || !second) throw new Error('no tasks');
    return { log, one, workers, first, second };
  }

  const waiting = (...dependsOn: TaskId[]): CommandInput => ({
    type: 'task.create',
    title: 'waits',
    roleId: 'engineer',
    dependsOn,
  });

  it('becomes ready when two hosts do the last two of them at once', async () => {
    const { log, one, workers, first, second } = await twoHosts();
    await one.as('owner', waiting(first, second));
    const ada = await claim(one, 'ada', workers.ada);
    const bo = await claim(one, 'bo', workers.bo);
    const two = await openCompany({ log });
    if (!ada || !bo) throw new Error('nothing to claim');
    await complete(one, 'ada', ada);
    // This host has not heard of it.
    await complete(two, 'bo', bo);
    expect(await stateOf(two, 'waits')).toBe('ready');
  });

  it('is created ready by a host that has not heard that what it waits for is done', async () => {
    const { log, one, workers, first } = await twoHosts();
    const ada = await claim(one, 'ada', workers.ada);
    const two = await openCompany({ log });
    if (ada?.taskId !== first) throw new Error('another one was claimed');
    await complete(one, 'ada', ada);
    await two.as('owner', waiting(first));
    expect(await stateOf(two, 'waits')).toBe('ready');
  });

  it('becomes ready when it was created while the other host did what it waits for', async () => {
    const { log, one, workers, first } = await twoHosts();
    const ada = await claim(one, 'ada', workers.ada);
    const two = await openCompany({ log });
    if (ada?.taskId !== first) throw new Error('another one was claimed');
    await two.as('owner', waiting(first));
    await complete(one, 'ada', ada);
    expect(await stateOf(one, 'waits')).toBe('ready');
  });
});

describe('what another host did in one command', () => {
  it('is seen whole, or not yet', async () => {
    const log = new GatedLog();
    const one = await openCompany({ log });
    const two = await openCompany({ log });
    log.page = 1;
    const tasksOfEpics = () => one.coordinator.read(({ epics, tasks }) => [epics.size, tasks.size]);
    expect(await tasksOfEpics()).toEqual([0, 0]);
    await two.as('owner', { type: 'epic.create', title: 'By the other', workflow: 'small' });
    await two.as('owner', { type: 'company.configure', name: 'By the other' });
    const configured = one.as('owner', { type: 'company.configure', name: 'By this one' });
    const looks: Promise<number[]>[] = [];
    for (let n = 0; n < 40; n += 1) {
      looks.push(tasksOfEpics());
      await delay(1);
    }
    await configured;
    const seen = [...(await Promise.all(looks)), await tasksOfEpics()];
    expect(new Set(seen.map(String))).toEqual(new Set(['0,0', '1,2']));
  });
});

describe('a command that is in the log', () => {
  it('is acknowledged, also when what came before it can not be read', async () => {
    const log = new GatedLog();
    const faults: unknown[] = [];
    const one = await openCompany({ log, onFault: (fault) => faults.push(fault) });
    const two = await openCompany({ log });
    await two.as('owner', { type: 'task.create', title: 'by the other' });
    log.gate = Promise.reject(new Error('the disk fails'));
    log.gate.catch(() => undefined);
    const { seq, events } = await one.as('owner', { type: 'task.create', title: 'by this one' });
    log.gate = Promise.resolve();
    expect(String(faults)).toContain('the disk fails');
    expect(await log.read((seq - 1) as Seq)).toEqual(events);
    await one.as('owner', { type: 'task.create', title: 'afterwards' });
    expect(await dump(one.coordinator)).toEqual(await replay(log));
  });
});

describe('a pause that the other host has not heard of', () => {
  const pauses = {
    'of the company': () => ({ type: 'company.pause', reason: 'a release' }),
    'of the member': (memberId: MemberId) => ({ type: 'member.pause', memberId, reason: 'a release' }),
    'of the worker': (_: MemberId, workerId: WorkerId) => ({
      type: 'worker.pause',
      workerId,
      reason: 'a release',
    }),
  } satisfies Record<string, (memberId: MemberId, workerId: WorkerId) => CommandInput>;

  it.each(Object.entries(pauses))('%s lets nobody claim there', async (_what, pause) => {
    const log = new MemoryEventLog();
    const one = await openCompany({ log });
    const ada = await startWorker(one, 'ada');
    const [taskId] = await createTasks(one, 1);
    const two = await openCompany({ log });
    await one.as('owner', pause(await one.member('ada'), ada));

    await expect(two.as('ada', { type: 'task.claim', taskId, workerId: ada })).rejects.toMatchObject({
      code: 'PAUSED',
    });
    expect((await replay(log)).tasks.filter(({ lease }) => lease)).toEqual([]);
  });

  it('of the last worker that an agent has lets nobody claim for it in a session of its own either', async () => {
    const log = new MemoryEventLog();
    const one = await openCompany({ log });
    const workerId = await startWorker(one, 'ada');
    const [taskId] = await createTasks(one, 1);
    const two = await openCompany({ log });
    await one.as('owner', { type: 'worker.pause', workerId, reason: 'a release' });
    await expect(two.as('ada', { type: 'task.claim', taskId })).rejects.toMatchObject({ code: 'PAUSED' });
  });

  it('lets no agent get a lock there, when it is a stop', async () => {
    const log = new MemoryEventLog();
    const one = await openCompany({ log });
    const workerId = await startWorker(one, 'ada');
    const two = await openCompany({ log });
    await one.as('owner', { type: 'company.stop', reason: 'a release' });
    const sessionId = 'session_1' as SessionId;
    const actor = { kind: 'member', memberId: await two.member('ada'), sessionId, workerId } as const;
    const lock: CommandInput = { type: 'lock.acquire', scope: 'src/a.ts', intent: 'to change it' };
    await expect(two.coordinator.execute(actor, lock)).rejects.toMatchObject({ code: 'PAUSED' });
    expect((await replay(log)).locks).toEqual([]);
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
