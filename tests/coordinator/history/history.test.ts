/** The past is what the events up to a moment give: byte for byte, from wherever it is looked at. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { querySchemas } from '../../../src/contract/queries.ts';
import { History } from '../../../src/coordinator/history/history.ts';
import { evolve } from '../../../src/core/evolve.ts';
import type { Seq, WorkerId } from '../../../src/core/ids.ts';
import { dumpState, emptyState } from '../../../src/core/state.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { MemoryEventLog } from '../../../src/log/memory/memory-log.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { group, released } from '../../log/log-events.ts';
import { seededRandom } from '../../seeded-random.ts';
import { busyCompany } from '../busy-company.ts';
import { createTasks, logFile, openCompany } from '../kit.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

const seed = Number(process.env['AGENTCOORD_TEST_SEED'] ?? 20_261_122);
const moment = (seq: number) => ({ seq: seq as Seq });
const instant = (time: number) => ({ time: time as EpochMs });

describe('the state at a moment', () => {
  it('is the fold of the events up to it, byte for byte, in whatever order it is asked for', async () => {
    const random = seededRandom(seed);
    const log = openSqliteEventLog(await logFile());
    const { coordinator } = await busyCompany(random, { log, rounds: 60 });
    const head = await log.head();
    const folded = [JSON.stringify(dumpState(emptyState()))];
    const state = emptyState();
    for (const stored of await log.read(0 as Seq, head)) {
      evolve(state, stored);
      folded.push(JSON.stringify(dumpState(state)));
    }
    // Some of them at once, so that they wait for each other.
    for (let round = 0; round < 25; round += 1) {
      const seqs = Array.from({ length: 4 }, () => 1 + Math.floor(random() * head));
      const past = await Promise.all(
        seqs.map((seq) => coordinator.readAt(moment(seq), (at) => JSON.stringify(dumpState(at)))),
      );
      for (const [place, seq] of seqs.entries()) {
        expect(past[place] === folded[seq], `seed ${seed}: event ${seq}`).toBe(true);
      }
    }
  });

  it('by the clock is what had happened by then, and what is due is judged by that time', async () => {
    const company = await openCompany();
    const { coordinator, world } = company;
    const [before] = [world.time];
    world.pass(10_000);
    await createTasks(company, 1);
    world.pass(10_000);
    await createTasks(company, 1);
    world.pass(10_000);
    const tasks = (time: number) => coordinator.readAt(instant(time), ({ tasks: { size } }) => size);
    expect(
      await Promise.all([0, 9_999, 10_000, 19_999, 20_000, 30_000].map((ms) => tasks(before + ms))),
    ).toEqual([0, 0, 1, 1, 2, 2]);
    expect(await coordinator.readAt(instant(before + 12_345), (_, now) => now)).toBe(before + 12_345);
    expect(await coordinator.readAt(null, (_, now) => now)).toBe(before + 30_000);
  });

  it.each([
    ['in the future', (head: number) => moment(head + 1), /there is no event \d+ yet; the last one is \d+/],
    ['later than now', (_: number, now: number) => instant(now + 1), /is in the future/],
    ['before the first event', () => moment(0), /before the first event there is no company/],
    ['before the company', (_: number, now: number) => instant(now - 1), /it began at 20\d\d-/],
  ] as const)('is refused %s', async (_what, at, words) => {
    const { coordinator, world } = await openCompany();
    const head = await coordinator.read(({ seq }) => seq);
    await expect(coordinator.readAt(at(head, world.time), () => 0)).rejects.toMatchObject({
      code: 'NO_SUCH_MOMENT',
      message: expect.stringMatching(words),
    });
  });

  it('goes on after an event that does not fit', async () => {
    const log = new MemoryEventLog();
    const company = await openCompany({ log });
    await createTasks(company, 2);
    const good = await log.head();
    const history = new History({ log, now: company.world.now });
    // Another host's, of a newer kind perhaps: nothing that this program can fold.
    const unfit = { type: 'task.created' } as never;
    await log.append([
      { events: [{ at: 1 as EpochMs, actor: null, event: unfit }], touches: [], reads: [], decidedAt: good },
    ]);
    await expect(history.read((good + 1) as Seq, dumpState)).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
    });
    expect((await history.read(good, dumpState)).tasks).toHaveLength(2);
    await history.close();
  });

  it('shows what an event changed, and not what was forgotten with it', async () => {
    const log = new MemoryEventLog();
    const { world, member } = await openCompany({ log });
    const memberId = await member('ada');
    const start = await log.head();
    // One more than are kept when they have ended.
    const events = Array.from({ length: 1_001 }, (_, n) => `worker_${n}` as WorkerId).flatMap((id) => [
      {
        type: 'worker.started',
        worker: { id, memberId, hostId: null, launcher: 'external', runner: 'script' },
      } as const,
      { type: 'worker.crashed', workerId: id, reason: 'gone' } as const,
    ]);
    const pending = events.map((event) => ({ at: world.time, actor: null, event }));
    await log.append([{ ...group(start), events: pending }]);
    const head = await log.head();
    const history = new History({ log, now: world.now });
    expect((await history.read(head, dumpState)).workers).toHaveLength(1_000);
    const shown: unknown[] = [];
    await history.walk(head, head, (_, changes) => shown.push(...changes.take()));
    expect(shown).toMatchObject([{ table: 'workers', id: 'worker_1000', after: { state: 'crashed' } }]);
    await history.close();
  });

  it('lets the host do its work meanwhile', async () => {
    const log = new MemoryEventLog();
    const company = await openCompany({ log, snapshotEvery: 1_000_000 });
    const [taskId] = await createTasks(company, 1);
    const again = released('x', 'again').event;
    const events = Array.from({ length: 30_000 }, () => ({
      at: company.world.time,
      actor: null,
      event: { ...again, taskId } as typeof again,
    }));
    const start = await log.head();
    await log.append([{ ...group(start), events }]);
    const history = new History({ log, now: company.world.now });
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await history.read((start + 30_000) as Seq, ({ seq }) => seq);
    clearInterval(timer);
    await history.close();
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a query', () => {
  it('about the state is answered as it was, and is refused where the past has no answer', async () => {
    const host = await openSessionHost();
    await createSmall(host, 'Acme');
    const owner = await host.owner();
    const { seq } = await owner.command({ type: 'task.create', title: 'one' });
    const second = await owner.command({ type: 'task.create', title: 'two' });
    const { taskId } = await owner.query('tasks', {}).then(([view]) => ({ taskId: view?.task.id }));
    for (const name of Object.keys(querySchemas) as (keyof typeof querySchemas)[]) {
      const accepts = querySchemas[name].shape.at.safeParse(moment(seq)).success;
      if (!accepts) {
        const refused = await owner.query(name, { at: moment(seq) } as never).catch((error) => error);
        expect(refused, name).toMatchObject({
          code: 'BAD_INPUT',
          message: expect.stringContaining('at: this can only be asked about now'),
        });
      }
    }
    expect(taskId).toBeDefined();
    const titles = async (at: number) =>
      (await owner.query('tasks', { at: moment(at) })).map(({ task }) => task.title);
    expect(await titles(seq)).toEqual(['one']);
    expect(await titles(second.seq)).toEqual(['one', 'two']);
    expect((await owner.query('status', { at: moment(seq) })).seq).toBe(seq);
    expect((await owner.query('snapshot', { at: moment(seq) })).tasks).toHaveLength(1);
  });
});

describe('the states at hand', () => {
  it('are let go of when the company is closed', async () => {
    const company = await openCompany();
    await company.coordinator.readAt(moment(3), () => 0);
    await company.coordinator.close();
    await delay(1);
    await expect(company.coordinator.readAt(moment(3), () => 0)).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
    });
  });
});
